package io.mha4j.cli.outlook;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.cli.check.CheckRun;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.outlook.Outlook.Heir;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.decision.check.Check;
import io.mha4j.decision.check.CheckFacts;
import io.mha4j.decision.check.CheckFinding;
import io.mha4j.decision.check.Grade;
import io.mha4j.monitor.check.AddressRound;
import io.mha4j.remote.ssh.SshSessions;
import io.mha4j.report.StateFiles;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.details.AddressPlace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Looks at all servers, at the master's host, and with {@code vip} at all hosts, and tells what a failover would come to. Changes
 * nothing. SSH connections are kept for the next look. For one thread.
 */
public final class OutlookRun implements AutoCloseable {
    /** A silent host: the first ping, its limit, and three more (MHA's rule of four failures). */
    private static final int INTERVALS_TO_DEATH = 5;

    private final Application app;
    private final StateFiles files;
    private final FailoverWishes wishes;
    private final Predicate<CheckFinding> counts;
    private final SshSessions sessions = SshSessions.ofThisAccount();
    /** A host that does not answer this time is as it was: nothing has ended because of that. */
    private final SortedMap<ServerId, AddressPlace> addresses = new TreeMap<>();

    /**
     * Looks to come.
     *
     * @param wishes what the manager's command line asks of a failover
     * @param counts which findings that block a failover count
     */
    public OutlookRun(Application app, StateFiles files, FailoverWishes wishes, Predicate<CheckFinding> counts) {
        this.app = app;
        this.files = files;
        this.wishes = wishes;
        this.counts = counts;
    }

    /** One look. */
    public Outlook look() {
        CheckFacts.Wishes asked = new CheckFacts.Wishes(false, Duration.ZERO, true);
        CheckRun.Outcome outcome = outcome(asked);
        List<String> obstacles = outcome.findings().stream()
                .filter(f -> f.grade() == Grade.BLOCKS_FAILOVER)
                .filter(counts)
                .map(CheckFinding::sentence)
                .toList();
        List<String> warnings = outcome.findings().stream()
                .filter(f -> f.check() == Check.ADDRESS)
                .map(CheckFinding::sentence)
                .toList();
        return outcome.seen()
                .map(seen -> of(seen.tree(), obstacles, Optional.of(warnings).filter(w -> isAddressKnown(seen.tree()))))
                .orElseGet(() -> new Outlook(
                        Optional.empty(),
                        obstacles,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Duration.ZERO,
                        List.of(),
                        "not known"));
    }

    private CheckRun.Outcome outcome(CheckFacts.Wishes asked) {
        try (AddressRound round = AddressRound.begin(app, server -> sessions.host(server.ssh()), SystemTime.TICKS)) {
            return CheckRun.quiet(app, files).run(asked, () -> {
                addresses.putAll(round.end());
                return addresses;
            });
        }
    }

    /** Without an answer of the master's host nobody can tell whether it has the address. */
    private boolean isAddressKnown(ManagedTree tree) {
        return app.of(tree.source()).scripts().vip().isEmpty() || addresses.containsKey(tree.source());
    }

    private Outlook of(ManagedTree tree, List<String> obstacles, Optional<List<String>> warnings) {
        ServerSettings master = app.of(tree.source());
        Optional<String> unreached = unreached(master);
        Ballot ballot = new FailoverPlanner()
                .ballot(new FailoverFacts(app, tree, tree.sourceFacts(), unreached.isEmpty(), wishes, Progress.NONE));
        List<Heir> heirs =
                tree.replicas().stream().map(r -> heir(r, ballot, tree)).toList();
        return new Outlook(
                Optional.of(tree.source().toString()),
                obstacles,
                warnings,
                ballot.winner().map(Object::toString),
                ballot.reason(),
                master.watching().pingInterval().multipliedBy(INTERVALS_TO_DEATH),
                heirs,
                unreached
                        .map(why ->
                                "what no slave has received by then, because the master's binary log could not be read: "
                                        + why)
                        .orElse("nothing, if the master's binary log can still be read over SSH then"));
    }

    /** Why the master's host does not answer over SSH. */
    private Optional<String> unreached(ServerSettings master) {
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

    private static Heir heir(Replica replica, Ballot ballot, ManagedTree tree) {
        return new Heir(
                replica.id().toString(),
                ballot.card(replica.id()).map(Ballot.Card::objections).orElse(""),
                replica.status().lag().map(Duration::toSeconds),
                bytesBehind(replica, tree));
    }

    /** Two looks at two moments: what was written between them does not count as lacking. */
    private static Optional<Long> bytesBehind(Replica replica, ManagedTree tree) {
        Optional<BinlogPosition> end =
                tree.sourceFacts().flatMap(ServerFacts::binlog).map(ServerFacts.OwnBinlog::end);
        return end.flatMap(e -> replica.status()
                .read()
                .filter(r -> r.file().equals(e.file()))
                .map(r -> Math.max(0, e.offset() - r.offset())));
    }
}
