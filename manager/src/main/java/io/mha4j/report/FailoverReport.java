package io.mha4j.report;

import io.mha4j.base.ServerId;
import io.mha4j.decision.FailoverSummary;
import io.mha4j.decision.LossVerdict;
import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is sent and logged when a failover has ended: MHA 0.58's subject and body, sentence by sentence as installed mail
 * scripts know them, and below them our verdict about losses. Outcomes are told in the order in which they came; told
 * again from a journal they make the same report. Safe for use by several threads.
 */
public final class FailoverReport {
    /**
     * What is known before anything is done.
     *
     * @param app         the application's name
     * @param oldSource   the dead source
     * @param logPlace    where to read more: {@code <manager's host>:<log file>}, or the host alone
     * @param interactive whether a person answers prompts
     * @param gtids       whether replicas are re-pointed by GTID
     */
    public record Occasion(String app, ServerId oldSource, String logPlace, boolean interactive, boolean gtids) {}

    private final Occasion occasion;
    private final List<String> lines = new ArrayList<>();
    private final Set<ServerId> blamed = new TreeSet<>();
    private final Set<ServerId> levelled = new TreeSet<>();
    private final Set<ServerId> following = new TreeSet<>();
    private Optional<ServerId> newSource = Optional.empty();
    /** What is wrong with the new source: the first line, and how the subject ends. */
    private Optional<Wrong> wrong = Optional.empty();

    private Optional<String> losses = Optional.empty();
    private boolean complete;

    private record Wrong(String first, String subject) {}

    public FailoverReport(Occasion occasion) {
        this.occasion = occasion;
    }

    /** What was known before anything was done. */
    public Occasion occasion() {
        return occasion;
    }

    /** Adds what an ended step means to the reader; most steps that went well mean nothing to them. */
    public synchronized void tell(Outcome outcome) {
        ServerId server = outcome.step().server();
        lines.addAll(outcome.step().match(new OutcomeWords(outcome, occasion.gtids(), levelled.contains(server))));
        if (outcome instanceof Outcome.Failed) {
            blamed.add(server);
            following.remove(server);
        } else if (outcome.step() instanceof Step.Level) {
            levelled.add(server);
        } else if (outcome.step() instanceof Step.MakeWritable) {
            newSource = Optional.of(server);
        } else if (outcome.step() instanceof Step.Repoint) {
            following.add(server);
        }
    }

    /** Adds a sentence that belongs here in the order of events. */
    public synchronized void note(String sentence) {
        lines.add(sentence);
    }

    /** Ends the report of a failover that reached its end; what no step told about a server is added. */
    public synchronized void done(FailoverSummary summary) {
        newSource = Optional.of(summary.newSource());
        complete = summary.complete();
        wrong = wrong(summary);
        losses = summary.verdict().warning();
        following.clear();
        following.addAll(summary.following());
        summary.leftBehind().forEach((server, why) -> {
            if (!blamed.contains(server)) {
                lines.add(server + ": ERROR: Could not be recovered: " + why);
            }
        });
        summary.unfit()
                .forEach(server -> lines.add(server + ": ERROR: Could not be recovered: it was unreachable or its"
                        + " replication had failed before"));
        lines.add("Master failover to " + summary.newSource()
                + (complete
                        ? " completed successfully."
                        : summary.recovered()
                                ? " done, but it may be without its address."
                                : " done, but recovery on slave partially failed."));
        if (!summary.detached()) {
            lines.add(
                    summary.newSource() + ": ERROR: It still has the slave settings of the dead master; take them away"
                            + " (RESET SLAVE ALL) before it is restarted");
        }
        lines.add("");
        lines.add("Loss verdict: " + summary.verdict().sentence());
        summary.coordinates().ifPresent(at -> lines.add("New master's binary log began to take writes at " + at));
    }

    private static Optional<Wrong> wrong(FailoverSummary summary) {
        String who = "THE NEW MASTER " + summary.newSource();
        return summary.newSourceLost()
                .map(why -> new Wrong(who + " TAKES NO WRITES: " + why, ", which takes no writes"))
                .or(() -> summary.addressMissing()
                        .map(why -> new Wrong(
                                who + " may be without its address (vip): " + why,
                                ", which may be without its address (vip)")));
    }

    /**
     * Ends the report of a failover that broke off after it had begun to change things.
     *
     * @param why     one sentence
     * @param verdict what may be lost
     */
    public synchronized void brokeOff(String why, LossVerdict verdict) {
        lines.add("ERROR: " + why);
        lines.add("Got Error so couldn't continue failover from here.");
        lines.add("");
        lines.add("Loss verdict: " + verdict.sentence());
    }

    /**
     * MHA's subject: names the new source once it takes writes, and says {@code succeeded} only if all went well; then what may
     * be lost, if something may.
     */
    public synchronized String subject() {
        return occasion.app() + ": MySQL Master failover " + occasion.oldSource()
                + newSource.map(s -> " to " + s).orElse("")
                + (complete ? " succeeded" : wrong.map(Wrong::subject).orElse(""))
                + losses.map(words -> ", " + words).orElse("");
    }

    /** MHA's body, lines ended by a line break. */
    public synchronized String body() {
        String how = occasion.interactive() ? "manual(interactive)" : "automated(non-interactive)";
        return wrong.map(w -> w.first() + "\n\n").orElse("") + "Master " + occasion.oldSource()
                + " is down!\n\nCheck MHA Manager logs at " + occasion.logPlace()
                + " for details.\n\nStarted " + how + " failover.\n"
                + lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Prints the report as MHA does, below its heading. */
    public void printTo(EventLog log) {
        log.info("{}", "\n\n----- Failover Report -----\n\n" + subject() + "\n\n" + body());
    }

    /**
     * Arguments of {@code report_script}, in MHA's order: the new source and the hosts that follow it only once it takes
     * writes.
     *
     * @param confFile the application's file as given
     */
    public synchronized List<String> scriptArguments(String confFile) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--orig_master_host=" + occasion.oldSource().host());
        newSource.ifPresent(s -> {
            arguments.add("--new_master_host=" + s.host());
            arguments.add("--new_slave_hosts="
                    + following.stream().map(ServerId::host).collect(Collectors.joining(",")));
        });
        arguments.add("--conf=" + confFile);
        arguments.add("--subject=" + subject());
        arguments.add("--body=" + body());
        return arguments;
    }
}
