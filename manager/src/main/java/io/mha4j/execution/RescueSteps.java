package io.mha4j.execution;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.ArchiveStore;
import io.mha4j.archive.BinlogRescue;
import io.mha4j.archive.LogPlace;
import io.mha4j.archive.RescueProgress;
import io.mha4j.archive.RescueSettings;
import io.mha4j.archive.place.BinlogSearch;
import io.mha4j.archive.place.GtidStart;
import io.mha4j.archive.place.HostStart;
import io.mha4j.archive.place.MissingLogException;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.execution.level.ArchiveEnd;
import io.mha4j.execution.rescue.Patience;
import io.mha4j.mysql.ReplicationControl;
import io.mha4j.remote.Host;
import io.mha4j.report.EventLog;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Saves what the old source wrote, from its host or from what replicas received, into archives of the working directory. */
public final class RescueSteps {
    /** What reading a log may take; gigabytes over a slow link are possible. */
    private static final Duration LIMIT = Duration.ofHours(6);

    /** What finding a place in it may take: some listings, and the heads of its files. */
    private static final Duration SEARCH = Duration.ofMinutes(5);

    /** For one question to a host or a server, whatever the reading may take. */
    private static final Duration ASK = Duration.ofSeconds(10);

    /** For a host that may have been switched off. */
    private static final Duration LOOK = Duration.ofSeconds(3);

    private static final Duration TELL = Duration.ofSeconds(1);

    /**
     * Where time comes from.
     *
     * @param zone for the names of files, as in MHA
     */
    public record Time(Ticks ticks, Sleeper sleeper, InstantSource clock, ZoneId zone) {}

    private final FailoverFacts facts;
    private final Sessions sessions;
    private final Function<ServerSettings, Host> hosts;
    private final EventLog log;
    private final Time time;
    private final FreeName names;
    private final Patience patience;

    /**
     * Rescue of one run.
     *
     * @param facts the facts at its beginning
     * @param hosts how the host of a server is reached
     */
    public RescueSteps(
            FailoverFacts facts, Sessions sessions, Function<ServerSettings, Host> hosts, EventLog log, Time time) {
        this.facts = facts;
        this.sessions = sessions;
        this.hosts = hosts;
        this.log = log;
        this.time = time;
        names = new FreeName(Path.of(facts.app().workdir()), time.zone());
        patience = Patience.with(facts.app().of(facts.tree().source()), log, time.ticks(), time.sleeper());
    }

    /** On the old source's own host, and if that cannot be, on the first host that keeps a copy of its log which goes so far. */
    StepResult findTail(Step.FindTail step) {
        Deadline deadline = Deadline.in(SEARCH, time.ticks());
        ServerSettings old = facts.app().of(step.server());
        Map<ServerSettings, List<String>> places = new LinkedHashMap<>();
        if (isTried()) {
            places.put(old, directories(old));
        }
        facts.app().binlogHosts().forEach(copy -> places.put(copy, copy.paths().binlogDirs()));
        List<String> failures = new ArrayList<>();
        for (Map.Entry<ServerSettings, List<String>> place : places.entrySet()) {
            try {
                Supplier<GtidStart.Start> search = () -> new BinlogSearch(
                                hosts.apply(place.getKey()),
                                place.getValue(),
                                facts.oldServerId(),
                                time.sleeper(),
                                deadline)
                        .startFor(step.executed(), facts.baseOfLog());
                GtidStart.Start start = place.getKey().equals(old) ? patience.of(search) : search.get();
                log.info("what replicas lack of {}'s binary log is behind {}", step.server(), start.place());
                return new StepResult.Found(start.place(), start.before());
            } catch (MissingLogException | CommandException e) {
                failures.add(e.getMessage());
            }
        }
        throw new ArchiveException(String.join("; ", failures));
    }

    /** From the old source's own host, and if that cannot be, from all hosts that keep copies of its log. */
    StepResult saveTail(Step.SaveTail step) {
        Deadline deadline = Deadline.in(LIMIT, time.ticks());
        if (step.behind().isPresent()) {
            requireHost(step.server(), deadline);
        }
        try (BinlogRescue rescue = begin(step)) {
            StepResult.Writer writer = tail(rescue, step, deadline);
            StepResult.Restart restart = restart(rescue, writer, facts.app().of(step.server()), deadline);
            Archive archive = rescue.finish();
            expireOld();
            return saved(archive, writer, restart);
        }
    }

    /** Whether the old source's own host is asked. */
    private boolean isTried() {
        return facts.sshReachable() || patience.isGranted();
    }

    private BinlogRescue begin(Step.SaveTail step) {
        RescueSettings settings = settings(step.server());
        return step.behind()
                .map(archive -> BinlogRescue.behind(Archive.read(Path.of(archive)), settings))
                .orElseGet(() -> BinlogRescue.begin(settings, step.from()));
    }

    /** A script may have switched it off, and clients wait meanwhile. */
    private void requireHost(ServerId server, Deadline deadline) {
        hosts.apply(facts.app().of(server)).run(List.of("true"), deadline.atMost(LOOK));
    }

    private StepResult.Writer tail(BinlogRescue rescue, Step.SaveTail step, Deadline deadline) {
        ServerSettings old = facts.app().of(step.server());
        List<ServerSettings> copies = facts.app().binlogHosts();
        long before = rescue.transactions();
        if (!isTried()) {
            log.info("SSH to {} does not answer; what {} keep of its binary log is read", step.server(), named(copies));
            return fromCopies(rescue, copies, deadline);
        }
        try {
            Supplier<StepResult.Writer> reading = () -> fromHost(rescue, step, old, deadline);
            // Behind an earlier reading its host may have been switched off.
            return step.behind().isPresent() ? reading.get() : patience.of(reading);
        } catch (MissingLogException | CommandException e) {
            return brokenOff(rescue, before, e, deadline);
        } catch (ArchiveException e) {
            if (copies.isEmpty()) {
                throw e;
            }
            return instead(rescue, e, deadline);
        }
    }

    /** Goes on where an earlier try ended. */
    private StepResult.Writer fromHost(BinlogRescue rescue, Step.SaveTail step, ServerSettings old, Deadline deadline) {
        Host host = hosts.apply(old);
        List<String> directories = directories(old);
        StepResult.Writer writer = writer(host, directories, step.from(), deadline);
        LogPlace place = new LogPlace(host, directories, writer != StepResult.Writer.GONE);
        rescue.fromSource(place, facts.oldServerId(), deadline);
        return writer;
    }

    /** Copies may have the rest; where they do not, what was read before that counts. */
    private StepResult.Writer brokenOff(BinlogRescue rescue, long before, MhaException why, Deadline deadline) {
        boolean some = rescue.transactions() > before;
        if (!facts.app().binlogHosts().isEmpty()) {
            try {
                return instead(rescue, why, deadline);
            } catch (ArchiveException e) {
                if (!some) {
                    throw e;
                }
                log.warning("{}", e.getMessage());
            }
        } else if (!some) {
            throw why;
        }
        log.warning("{}; its binary log was read to {} only, which counts", why.getMessage(), rescue.end());
        return StepResult.Writer.UNKNOWN;
    }

    private StepResult.Writer instead(BinlogRescue rescue, MhaException why, Deadline deadline) {
        List<ServerSettings> copies = facts.app().binlogHosts();
        log.warning("{}; what {} keep of it is read", why.getMessage(), named(copies));
        return fromCopies(rescue, copies, deadline);
    }

    /** Each goes on where the one before ended, so that the most complete one counts. */
    private StepResult.Writer fromCopies(BinlogRescue rescue, List<ServerSettings> copies, Deadline deadline) {
        List<String> failures = new ArrayList<>();
        for (ServerSettings copy : copies) {
            BinlogPosition before = rescue.end();
            try {
                LogPlace place = new LogPlace(hosts.apply(copy), copy.paths().binlogDirs());
                rescue.fromCopies(place, facts.oldServerId(), deadline);
                log.info("[{}] gave {} to {}", copy.id().section(), before, rescue.end());
            } catch (ArchiveException | MissingLogException | CommandException e) {
                log.warning("[{}]: {}", copy.id().section(), e.getMessage());
                failures.add("[%s]: %s".formatted(copy.id().section(), e.getMessage()));
            }
        }
        if (failures.size() == copies.size()) {
            throw new ArchiveException(
                    "no copy of the old source's binary log could be read: " + String.join("; ", failures));
        }
        return StepResult.Writer.COPIES;
    }

    private static String named(List<ServerSettings> copies) {
        return copies.stream().map(c -> "[" + c.id().section() + "]").collect(Collectors.joining(", "));
    }

    /** What cannot be tidied up must not hold up a failover. */
    private void expireOld() {
        try {
            new ArchiveStore(Path.of(facts.app().workdir()))
                    .expire(
                            facts.app().name(),
                            facts.app().retention(),
                            time.clock().instant())
                    .forEach(old -> log.info("removed {}: older than archive_retention", old.description()));
        } catch (ArchiveException e) {
            log.warning("{}", e.getMessage());
        }
    }

    StepResult saveRelayLog(Step.SaveRelayLog step) {
        Deadline deadline = Deadline.in(LIMIT, time.ticks());
        ReplicationControl replica = new ReplicationControl(
                sessions.of(step.server(), deadline.atMost(ASK)), facts.tree().channel(step.server()), time.sleeper());
        ServerSettings server = facts.app().of(step.server());
        Optional<ReplicaStatus> status = replica.status(deadline.atMost(ASK));
        boolean pause = server.levelling().delayedToo()
                && status.filter(s -> !s.delay().isZero() && s.applier().running())
                        .isPresent();
        if (!pause) {
            return relayLog(step, server, replica, deadline);
        }
        // What it executes meanwhile it would throw away.
        replica.stopApplier(deadline);
        try {
            return relayLog(step, server, replica, deadline);
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            goOn(replica, e, deadline);
            throw e;
        }
    }

    private static void goOn(ReplicationControl replica, MhaException failure, Deadline deadline) {
        try {
            replica.startApplier(deadline);
        } catch (MhaException e) {
            failure.addSuppressed(e);
        }
    }

    private StepResult relayLog(
            Step.SaveRelayLog step, ServerSettings server, ReplicationControl replica, Deadline deadline) {
        BinlogRescue.RelayLogs known = replica.status(deadline.atMost(ASK))
                .flatMap(RescueSteps::relayLogs)
                .orElseThrow(() -> new LevellingException(step.server(), "it does not say which relay log it reads"));
        LogPlace place = new LogPlace(hosts.apply(server), List.of(replica.relayLogDirectory(deadline.atMost(ASK))));
        try (BinlogRescue rescue = BinlogRescue.begin(settings(step.server()), step.from())) {
            rescue.fromRelayLogs(place, known, deadline);
            Archive archive = rescue.finish();
            requireWhole(archive);
            return saved(archive, StepResult.Writer.UNKNOWN, StepResult.Restart.UNKNOWN);
        }
    }

    /** Who was given less than another replica has would count as level with it. */
    private static void requireWhole(Archive archive) {
        if (!archive.reachedEnd()) {
            Stream<String> cut = archive.cut().isNothing()
                    ? Stream.empty()
                    : Stream.of(archive.cut().sentence());
            throw new ArchiveException(
                    "the relay logs lead to %s only, and the replica has received more: %s; that much was saved as %s"
                            .formatted(
                                    archive.readTo(),
                                    Stream.concat(archive.origins().stream(), cut)
                                            .collect(Collectors.joining("; ")),
                                    archive.description()));
        }
    }

    /** After a crash a replica may have executed more than it knows to have received. */
    private static Optional<BinlogRescue.RelayLogs> relayLogs(ReplicaStatus status) {
        Optional<BinlogPosition> received =
                Stream.concat(status.read().stream(), status.applied().stream()).max(Comparator.naturalOrder());
        return status.relayLog()
                .map(current -> new BinlogRescue.RelayLogs(
                        current.file(), status.applied().map(BinlogPosition::file), received));
    }

    /** Those of the configuration; then where the source itself said that its data are. */
    private List<String> directories(ServerSettings old) {
        List<String> all = new ArrayList<>(old.paths().binlogDirs());
        facts.lastSource()
                .map(ServerFacts::datadir)
                .filter(d -> !all.contains(d))
                .ifPresent(all::add);
        return all;
    }

    private StepResult.Writer writer(Host host, List<String> directories, BinlogPosition from, Deadline deadline) {
        LogWriters writers = new LogWriters(host, time.sleeper());
        return directories.stream()
                .map(directory -> writers.of(directory, from.base(), deadline))
                .filter(w -> w != StepResult.Writer.UNKNOWN)
                .max(Comparator.naturalOrder())
                .orElse(StepResult.Writer.UNKNOWN);
    }

    private RescueSettings settings(ServerId server) {
        Instant now = time.clock().instant();
        return new RescueSettings(names.next(server, now), facts.app().name(), now, time.sleeper(), new ProgressLog());
    }

    /** What a server that synced each commit acknowledged outlives its host, and copies prove nothing anyway. */
    private StepResult.Restart restart(
            BinlogRescue rescue, StepResult.Writer writer, ServerSettings old, Deadline deadline) {
        if (facts.syncedEachCommit() || writer == StepResult.Writer.COPIES) {
            return StepResult.Restart.UNKNOWN;
        }
        Optional<Instant> started = HostStart.latest(hosts.apply(old), time.clock(), deadline.atMost(ASK));
        return rescue.begun()
                .flatMap(begun -> started.map(begun::isAfter))
                .map(since -> since ? StepResult.Restart.NO : StepResult.Restart.YES)
                .orElse(StepResult.Restart.UNKNOWN);
    }

    /** A log that went on growing while it was read can be read; somebody writes to it, even if nobody was seen. */
    private static StepResult saved(Archive archive, StepResult.Writer writer, StepResult.Restart restart) {
        boolean damaged = archive.cut().damage().isPresent();
        boolean grew = !archive.reachedEnd() && !damaged && writer != StepResult.Writer.COPIES;
        return new StepResult.Saved(
                archive.description().toString(),
                archive.start(),
                ArchiveEnd.of(archive),
                archive.readTo(),
                archive.bytes(),
                archive.transactions(),
                archive.gtids(),
                archive.cut().isNothing()
                        ? Optional.empty()
                        : Optional.of(archive.cut().sentence()),
                damaged,
                grew ? StepResult.Writer.ALIVE : writer,
                restart);
    }

    /** Tells long work once a second. */
    private final class ProgressLog implements RescueProgress.Listener {
        private long told = time.ticks().nanos();

        @Override
        public void at(RescueProgress progress) {
            long now = time.ticks().nanos();
            if (now - told >= TELL.toNanos()) {
                told = now;
                log.info(
                        "saved {} of {} bytes, {} transactions",
                        progress.bytes(),
                        progress.total(),
                        progress.transactions());
            }
        }
    }
}
