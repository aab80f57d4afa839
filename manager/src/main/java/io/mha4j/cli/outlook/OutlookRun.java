package io.mha4j.cli.outlook;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.cli.check.CheckRun;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.check.Check;
import io.mha4j.decision.check.CheckFacts;
import io.mha4j.decision.check.CheckFinding;
import io.mha4j.decision.check.Grade;
import io.mha4j.decision.rehearsal.Estimate;
import io.mha4j.execution.dry.PaceLook;
import io.mha4j.monitor.check.AddressRound;
import io.mha4j.remote.ssh.SshSessions;
import io.mha4j.report.StateFiles;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.details.AddressPlace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks at all servers, at the master's host, and with {@code vip} at all hosts, and tells what a failover would come to. Changes
 * nothing. SSH connections are kept for the next look. For one thread.
 */
public final class OutlookRun implements AutoCloseable {
    /** A silent host: the first ping, its limit, and three more (MHA's rule of four failures). */
    private static final int INTERVALS_TO_DEATH = 5;

    /** What a death that is certain takes to be seen, and a little more. */
    private static final Duration CERTAIN_DEATH = Duration.ofSeconds(1);

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    private final Application app;
    private final StateFiles files;
    private final Asked asked;
    private final Predicate<CheckFinding> counts;
    private final SshSessions sessions = SshSessions.ofThisAccount();
    /** A host that does not answer this time is as it was: nothing has ended because of that. */
    private final SortedMap<ServerId, AddressPlace> addresses = new TreeMap<>();

    /**
     * Looks to come.
     *
     * @param asked  what the manager's command line asks
     * @param counts which findings that block a failover count
     */
    public OutlookRun(Application app, StateFiles files, Asked asked, Predicate<CheckFinding> counts) {
        this.app = app;
        this.files = files;
        this.asked = asked;
        this.counts = counts;
    }

    /** Looks of a manager that watches. What a pause forbids does not count: the operator knows of it. */
    public static OutlookRun beside(Application app, StateFiles files, Asked asked) {
        return new OutlookRun(app, files, asked, finding -> finding.check() != Check.PAUSED);
    }

    Asked asked() {
        return asked;
    }

    /** One look. */
    public Outlook look() {
        return look(forecast -> Optional.empty());
    }

    /** The same with how long the failover would take: each replica is logged in to and asked a few times more. */
    public Outlook measured() {
        return look(this::time);
    }

    private Optional<Estimate> time(Forecast forecast) {
        return forecast.time(PaceLook.at(
                forecast.facts(), server -> sessions.host(server.ssh()), SystemTime.TICKS, ANSWER_LIMIT, doubt -> {}));
    }

    private Outlook look(Function<Forecast, Optional<Estimate>> failover) {
        CheckRun.Outcome outcome = outcome(new CheckFacts.Wishes(false, Duration.ZERO, true, asked.betweenFailovers()));
        return outcome.seen()
                .map(seen -> of(seen.tree(), outcome.findings(), failover))
                .orElseGet(() -> new Outlook(
                        Optional.empty(),
                        obstacles(outcome.findings()).toList(),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Outage.UNKNOWN,
                        List.of(),
                        "not known",
                        Unreceived.UNKNOWN));
    }

    private Stream<String> obstacles(List<CheckFinding> findings) {
        return findings.stream()
                .filter(f -> f.grade() == Grade.BLOCKS_FAILOVER)
                .filter(counts)
                .map(CheckFinding::sentence);
    }

    private static List<String> warnings(List<CheckFinding> findings) {
        return findings.stream()
                .filter(f -> f.check() == Check.ADDRESS)
                .map(CheckFinding::sentence)
                .toList();
    }

    private CheckRun.Outcome outcome(CheckFacts.Wishes wishes) {
        try (AddressRound round = AddressRound.begin(app, server -> sessions.host(server.ssh()), SystemTime.TICKS)) {
            return CheckRun.quiet(app, files).run(wishes, () -> {
                addresses.putAll(round.end());
                return addresses;
            });
        }
    }

    /** Without an answer of the master's host nobody can tell whether it has the address. */
    private boolean isAddressKnown(ManagedTree tree) {
        return app.of(tree.source()).scripts().vip().isEmpty() || addresses.containsKey(tree.source());
    }

    private Outlook of(ManagedTree tree, List<CheckFinding> findings, Function<Forecast, Optional<Estimate>> failover) {
        ServerSettings master = app.of(tree.source());
        Optional<String> unreached = unreached(master);
        Forecast forecast = new Forecast(app, tree, unreached, asked.failover());
        List<String> obstacles = Stream.concat(obstacles(findings), forecast.refusal(findings).stream())
                .toList();
        // What shows that a process has died is seen on its host.
        boolean certain = master.watching().certainDeath() && unreached.isEmpty();
        return new Outlook(
                Optional.of(tree.source().toString()),
                obstacles,
                Optional.of(warnings(findings)).filter(w -> isAddressKnown(tree)),
                forecast.ballot().winner().map(Object::toString),
                forecast.ballot().reason(),
                new Outage(
                        master.watching().pingInterval().multipliedBy(INTERVALS_TO_DEATH),
                        certain ? Optional.of(CERTAIN_DEATH) : Optional.empty(),
                        obstacles.isEmpty() ? failover.apply(forecast) : Optional.empty()),
                forecast.heirs(),
                forecast.loss(),
                Unreceived.of(forecast.facts()));
    }

    /** Why the master's host does not answer over SSH, twice in a row: one try that fails is no reason to alarm anybody. */
    private Optional<String> unreached(ServerSettings master) {
        return failure(master).flatMap(first -> failure(master));
    }

    private Optional<String> failure(ServerSettings master) {
        try {
            Deadline limit = Deadline.in(master.ssh().connectionTimeout(), SystemTime.TICKS);
            return sessions.host(master.ssh()).run(List.of("true"), limit).succeeded()
                    ? Optional.empty()
                    : Optional.of("its host runs no commands");
        } catch (CommandException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}
