package io.mha4j.cli.online;

import io.mha4j.base.ServerId;
import io.mha4j.cli.command.Questions;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.Version;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.FailoverWishes.HostPort;
import io.mha4j.decision.online.Objection;
import io.mha4j.decision.online.OnlineChecks;
import io.mha4j.decision.online.OnlineElection;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlinePlan;
import io.mha4j.decision.online.OnlineWishes;
import io.mha4j.execution.Permit;
import io.mha4j.execution.Sessions;
import io.mha4j.execution.online.OnlineJournal;
import io.mha4j.execution.online.OnlineSwitch;
import io.mha4j.execution.online.OnlineWords;
import io.mha4j.remote.ssh.SshSessions;
import io.mha4j.report.EventLog;
import io.mha4j.report.StateFiles;
import io.mha4j.settings.ConfigFileEdit;
import io.mha4j.topology.TreeDrawing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/** One call of {@code masterha_master_switch --master_state=alive}. */
public final class AliveSwitch {
    private final Application app;
    private final EventLog log;
    private final SwitchQuestions questions;
    private final Request request;
    private final StateFiles files;

    /**
     * What was asked.
     *
     * @param wishes       of the switch
     * @param interactive  whether a person answers
     * @param asksToFlush  whether that person decides about flushing tables
     * @param checkOnly    only look
     * @param dryRun       only look, and tell every step
     * @param forgetOld    take the old source's section out of the application file afterwards
     */
    public record Request(
            OnlineWishes wishes,
            boolean interactive,
            boolean asksToFlush,
            boolean checkOnly,
            boolean dryRun,
            boolean forgetOld) {}

    /** The right to be the one process that acts for the application. */
    @FunctionalInterface
    public interface Guard {
        /** Does the work with that right; answers the exit status. */
        int during(ToIntFunction<Right> work);
    }

    /** That right. A process that was told to end has it no more for a step that can still be left out. */
    public interface Right extends Permit {
        /**
         * Does what may not be cut short: the process ends when it has ended, even if it is told to end meanwhile. Answers the exit
         * status.
         */
        int undisturbed(IntSupplier work);
    }

    /** Where it happens: configuration, log, state files. */
    public record Place(Application app, EventLog log, StateFiles files) {}

    public AliveSwitch(Place place, Terminal terminal, Request request) {
        this.app = place.app();
        this.log = place.log();
        this.files = place.files();
        this.request = request;
        this.questions = new SwitchQuestions(new Questions(terminal), log);
    }

    /** Answers the exit status: 0 complete, or checked and found good; 10 switched, but a slave does not follow; 1 not done. */
    public int run(Guard guard) {
        log.info("mha4j {}", Version.text());
        log.info("Starting online master switch..");
        log.info("");
        if (request.checkOnly() || request.dryRun()) {
            return looked();
        }
        return guard.during(this::switched);
    }

    private int looked() {
        try (SshSessions hosts = SshSessions.ofThisAccount(log::debug, log::warning)) {
            return looked(new SwitchRun(app, log, files, hosts));
        }
    }

    private int looked(SwitchRun run) {
        Optional<OnlineJournal.Cut> cut = run.unfinished();
        if (cut.isPresent()) {
            log.error(
                    "A switch from {} to {} is under way or was cut off in the middle (run {}); behind the latter the next switch takes that up and"
                            + " does nothing else",
                    cut.get().facts().oldSource(),
                    cut.get().newSource(),
                    cut.get().name());
            return 1;
        }
        Optional<Chosen> chosen = phase1(request.wishes(), false, plan -> List.of());
        if (chosen.isEmpty()) {
            return 1;
        }
        run.lookAtAddress(chosen.get().facts(), chosen.get().next());
        if (request.dryRun()) {
            log.info("These steps would follow:");
            OnlinePlan plan = OnlinePlan.of(chosen.get().facts(), chosen.get().next());
            plan.steps().forEach(step -> log.info("  {}", OnlineWords.of(step)));
            if (plan.lacksAcknowledgement(List.of())) {
                log.warning(
                        "{}",
                        OnlineWords.withoutSemiSync(
                                plan.newSource(), plan.semiSync().needed()));
            }
            log.info(
                    "Writes would be stopped for about {} ms, and for as long as scripts take",
                    Math.max(1, new SwitchEstimate(app).of(plan).toMillis()));
        }
        log.info("Nothing was changed.");
        return 0;
    }

    /** Who is to be the source, and from what that follows. */
    private record Chosen(OnlineFacts facts, ServerId next) {
        /** The wishes, with nothing left to be decided. */
        OnlineWishes settled() {
            return facts.wishes().forcing(new HostPort(next.host(), next.port()));
        }
    }

    /** @param ahead what the likely plan needs that can be done beside the last looks */
    private Optional<Chosen> phase1(OnlineWishes wishes, boolean mayAsk, Function<OnlinePlan, List<Runnable>> ahead) {
        log.info("* Phase 1: Configuration Check Phase..");
        log.info("");
        try (SwitchLook look = SwitchLook.begin(app, wishes)) {
            OnlineFacts facts = look.facts();
            TreeDrawing.listing(app, facts.tree()).forEach(log::info);
            log.info("Checking replication health and what {} is busy with..", facts.oldSource());
            Optional<ServerId> likely = OnlineElection.ballot(facts).winner();
            SwitchLook.Seen seen = look.ask(
                    likely,
                    likely.map(next -> ahead.apply(OnlinePlan.of(facts, next))).orElse(List.of()));
            List<Objection> objections = new ArrayList<>(new OnlineChecks(facts).replication());
            objections.addAll(seen.source().objections());
            seen.source().unseen().forEach(sentence -> log.warning("{}", sentence));
            if (objected(objections)) {
                return Optional.empty();
            }
            log.info(" ok.");
            return elected(facts, mayAsk).filter(c -> !unfit(seen, c.next()));
        }
    }

    private boolean unfit(SwitchLook.Seen seen, ServerId next) {
        log.info("Checking whether {} is ok for the new master..", next);
        if (objected(seen.newSource(next))) {
            return true;
        }
        log.info(" ok.");
        log.info("** Phase 1: Configuration Check Phase completed.");
        return false;
    }

    private boolean objected(List<Objection> objections) {
        objections.forEach(o -> log.error("{}", o.sentence()));
        return !objections.isEmpty();
    }

    private Optional<Chosen> elected(OnlineFacts facts, boolean mayAsk) {
        log.info("Searching new master from slaves..");
        Ballot ballot = OnlineElection.ballot(facts);
        ballot.cards()
                .forEach(card -> log.info(
                        " {} {}",
                        card.server(),
                        card.eligible() ? "can be the new master" : "cannot be the new master: " + card.objections()));
        if (objected(new OnlineChecks(facts).election(ballot).stream().toList())) {
            return Optional.empty();
        }
        ServerId winner = ballot.winner().orElseThrow();
        log.info(" New master is {}: {}", winner, ballot.reason());
        log.info("\n{}", SwitchDrawing.of(facts, winner));
        if (!request.interactive() && !facts.movesClients(winner)) {
            log.warning(
                    "Neither master_ip_online_change_script nor vip is set: nothing sends applications to {}", winner);
        }
        if (!mayAsk) {
            return Optional.of(new Chosen(facts, winner));
        }
        return questions
                .agreed(facts, winner, request.asksToFlush())
                .flatMap(a -> a.next().equals(winner) ? Optional.of(new Chosen(a.facts(), winner)) : other(a));
    }

    /** One that a person named is held to the same rules. */
    private Optional<Chosen> other(SwitchQuestions.Agreed agreed) {
        Ballot ballot = OnlineElection.ballot(agreed.facts());
        return objected(new OnlineChecks(agreed.facts())
                        .election(ballot).stream().toList())
                ? Optional.empty()
                : Optional.of(new Chosen(agreed.facts(), agreed.next()));
    }

    private int switched(Right permit) {
        try (SshSessions hosts = SshSessions.ofThisAccount(log::debug, log::warning)) {
            List<ServerSettings.Ssh> needed = app.servers().stream()
                    .filter(server -> server.scripts().vip().isPresent())
                    .map(ServerSettings::ssh)
                    .toList();
            hosts.connectAhead(needed, SystemTime.TICKS);
            return switched(permit, new SwitchRun(app, log, files, hosts));
        }
    }

    private int switched(Right permit, SwitchRun run) {
        Optional<OnlineJournal.Cut> cut = run.unfinished();
        if (cut.isPresent()) {
            return takenUp(permit, run, cut.get());
        }
        try (Sessions sessions = new Sessions(app, log)) {
            Optional<Chosen> chosen = chosen(sessions);
            if (chosen.isEmpty()) {
                log.error("Nothing was changed.");
                return 1;
            }
            OnlineFacts facts = chosen.get().facts();
            ServerId next = chosen.get().next();
            return permit.undisturbed(() -> told(run.run(permit, facts, next, sessions), facts, next));
        }
    }

    /** Somebody who is asked takes his time, and nothing is kept open meanwhile. */
    private Optional<Chosen> chosen(Sessions sessions) {
        Function<OnlinePlan, List<Runnable>> connect = plan -> SwitchRun.connecting(plan, sessions);
        if (!request.interactive()) {
            return phase1(request.wishes(), false, connect);
        }
        Optional<Chosen> chosen = phase1(request.wishes(), true, plan -> List.of());
        if (chosen.isEmpty()) {
            return chosen;
        }
        log.info("Looking again, because the answers took their time..");
        return phase1(chosen.get().settled(), false, connect);
    }

    private int takenUp(Right permit, SwitchRun run, OnlineJournal.Cut cut) {
        ServerId old = cut.facts().oldSource();
        log.warning(
                "A switch from {} to {} was cut off in the middle (run {}); it is undone, or finished if the new master was opened",
                old,
                cut.newSource(),
                cut.name());
        if (request.interactive() && !questions.takesUp()) {
            return 1;
        }
        return permit.undisturbed(() -> run.takeUp(permit, cut)
                .map(end -> told(end, cut.facts(), cut.newSource()))
                .orElse(1));
    }

    private int told(OnlineSwitch.End end, OnlineFacts facts, ServerId next) {
        if (end instanceof OnlineSwitch.End.Done done) {
            return told(done, facts, next);
        }
        if (end instanceof OnlineSwitch.End.Undone undone) {
            log.error("{}", OnlineWords.undone(facts.oldSource(), undone));
            undone.left().forEach(left -> log.error("  {}", left));
            return 1;
        }
        OnlineSwitch.End.Stuck stuck = (OnlineSwitch.End.Stuck) end;
        log.error(
                "The switch failed ({}) and could not be undone in full. Run the same command again to try it once more; if {} is dead, fail over with --master_state=dead; or do it by hand:",
                stuck.why(),
                facts.oldSource());
        stuck.left().forEach(left -> log.error("  {}", left));
        return 1;
    }

    private int told(OnlineSwitch.End.Done done, OnlineFacts facts, ServerId next) {
        if (!done.complete()) {
            log.error("Switching master to {} done, but switching slaves partially failed:", next);
            done.failed().forEach(step -> log.error("  {}", OnlineWords.of(step)));
            return 10;
        }
        log.info("");
        log.info("* Phase 5: New master cleanup phase..");
        log.info("");
        if (request.forgetOld() && !facts.wishes().rejoin()) {
            forget(facts.oldSource());
        }
        log.info("Switching master to {} completed successfully.", next);
        return 0;
    }

    /** The switch is complete whether this works or not. */
    private void forget(ServerId old) {
        try {
            Path backup = ConfigFileEdit.edit(app.confFile(), text -> text.without(old.section()));
            log.info("Deleted {} entry from {} . The file as it was: {}", old.section(), app.confFile(), backup);
        } catch (ConfigFileEdit.NotEdited e) {
            log.error("{}; remove [{}] by hand", e.getMessage(), old.section());
        }
    }
}
