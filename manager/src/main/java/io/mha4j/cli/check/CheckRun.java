package io.mha4j.cli.check;

import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.config.ConfigException;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.check.Check;
import io.mha4j.decision.check.CheckFacts;
import io.mha4j.decision.check.CheckFinding;
import io.mha4j.decision.check.CheckRules;
import io.mha4j.monitor.TreeLook;
import io.mha4j.monitor.check.CheckRound;
import io.mha4j.monitor.check.ManagerLook;
import io.mha4j.mysql.MysqlException;
import io.mha4j.remote.ssh.SshSessions;
import io.mha4j.report.EventLog;
import io.mha4j.report.StateFiles;
import io.mha4j.topology.details.AddressPlace;
import io.mha4j.topology.details.HostDetails;
import io.mha4j.topology.details.ManagerDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All checks of one application, from configuration to findings. */
public final class CheckRun {
    private final Application app;
    private final StateFiles files;
    private final Optional<EventLog> log;

    /** One that calls the scripts' {@code status} command, and tells the log what it does. */
    public CheckRun(Application app, StateFiles files, EventLog log) {
        this(app, files, Optional.of(log));
    }

    private CheckRun(Application app, StateFiles files, Optional<EventLog> log) {
        this.app = app;
        this.files = files;
        this.log = log;
    }

    /** One that calls no scripts and tells nobody, so that it can be repeated often. */
    public static CheckRun quiet(Application app, StateFiles files) {
        return new CheckRun(app, files, Optional.empty());
    }

    /**
     * What came out.
     *
     * @param seen     the tree; absent where the servers form none
     * @param findings the worst first
     */
    public record Outcome(Optional<TreeLook.Seen> seen, List<CheckFinding> findings) {
        public Outcome {
            findings = List.copyOf(findings);
        }

        /** What comes of a configuration that cannot be used: its problems, and nothing was looked at. */
        public static Outcome of(ConfigException unusable) {
            return new Outcome(
                    Optional.empty(),
                    unusable.problems().stream()
                            .map(problem ->
                                    CheckFinding.general(Check.CONFIG, problem + ".", "Correct it in the file."))
                            .toList());
        }

        /** Whether {@code masterha_check_repl} is content. */
        public boolean healthy() {
            return findings.stream().noneMatch(f -> f.check().failsTheCheck());
        }
    }

    /** Looks and judges; {@code ssh}: whether hosts are asked too. */
    public Outcome run(CheckFacts.Wishes wishes, boolean ssh) {
        return run(wishes, ssh, TreeMap::new);
    }

    /** The same, asking hosts nothing: what they showed of the clients' address is had from {@code addresses} after the sweep. */
    public Outcome run(CheckFacts.Wishes wishes, Supplier<SortedMap<ServerId, AddressPlace>> addresses) {
        return run(wishes, false, addresses);
    }

    private Outcome run(CheckFacts.Wishes wishes, boolean ssh, Supplier<SortedMap<ServerId, AddressPlace>> addresses) {
        SshSessions sessions = SshSessions.ofThisAccount(
                use -> log.ifPresent(l -> l.debug(use)), doubt -> log.ifPresent(l -> l.warning(doubt)));
        try {
            Optional<CheckRound.HostAccess> access =
                    ssh ? Optional.of(server -> sessions.host(server.ssh())) : Optional.empty();
            TreeLook look = new TreeLook(SystemTime.TICKS, SystemTime.CLOCK);
            CheckRound.Seen round = new CheckRound(look, access, SystemTime.TICKS, SystemTime.CLOCK).at(app);
            SortedMap<ServerId, HostDetails> hosts = new TreeMap<>(round.hosts());
            addresses.get().forEach((server, place) -> hosts.put(server, HostDetails.only(place)));
            return judged(round, hosts, wishes);
        } catch (TreeLook.NoTree e) {
            return new Outcome(
                    Optional.empty(), e.reasons().stream().map(CheckFinding::of).toList());
        } catch (MysqlException e) {
            return new Outcome(Optional.empty(), refused(e));
        } finally {
            sessions.close();
        }
    }

    private Outcome judged(CheckRound.Seen round, SortedMap<ServerId, HostDetails> hosts, CheckFacts.Wishes wishes) {
        TreeLook.Seen seen = round.seen();
        ServerId source = seen.tree().source();
        log.ifPresent(
                l -> l.info("Replication mode: {}. Master: {}", seen.tree().mode(), source));
        ManagerDetails manager = new ManagerLook(files, log, SystemTime.TICKS, SystemTime.CLOCK)
                .at(app.of(source), app.reports(), wishes.betweenFailovers());
        List<CheckFinding> findings = new ArrayList<>(CheckRules.findings(
                new CheckFacts(app, seen.tree(), round.servers(), hosts, manager, wishes, round.names())));
        round.troubles()
                .forEach((server, why) -> findings.add(new CheckFinding(
                        Check.UNKNOWN,
                        Optional.of(server),
                        why + ".",
                        "Run the check again; look into its error log.")));
        List<CheckFinding> all = new GivenBySql(app, seen.tree()).with(findings);
        all.sort(CheckFinding.WORST_FIRST);
        return new Outcome(Optional.of(seen), all);
    }

    /** A server let us in but refused a question of the sweep, others may have done so too. */
    private List<CheckFinding> refused(MysqlException first) {
        return Stream.concat(Stream.of(first), Stream.of(first.getSuppressed()))
                .filter(MysqlException.class::isInstance)
                .map(MysqlException.class::cast)
                .map(this::refusal)
                .toList();
    }

    private CheckFinding refusal(MysqlException e) {
        ServerSettings server = app.of(e.server());
        boolean privilege = e.kind() == MysqlException.Kind.PRIVILEGE;
        return new CheckFinding(
                privilege ? Check.ACCOUNT : Check.SERVER_MISSING,
                Optional.of(e.server()),
                e.getMessage() + ".",
                privilege
                        ? "GRANT what docs/grants.md lists for its version to '%s'@'<manager>' there."
                                .formatted(server.mysql().user())
                        : "Look into its error log.");
    }
}
