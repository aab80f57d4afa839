package io.mha4j.execution.dry;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.ArchiveName;
import io.mha4j.archive.ArchiveStore;
import io.mha4j.archive.BinlogRescue;
import io.mha4j.archive.LogPlace;
import io.mha4j.archive.RescueSettings;
import io.mha4j.archive.place.BinlogSearch;
import io.mha4j.archive.place.GtidStart;
import io.mha4j.archive.place.LogChoice;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.archive.place.MissingLogException;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.decision.rehearsal.Rehearsal;
import io.mha4j.remote.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The dead source's binary log as a dry run sees it over SSH: where it ends, and what is in it that no replica has. */
final class DeadLog implements Rehearsal.OldLog {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** More is not read twice. */
    private static final long TRIED_BYTES = 64L << 20;

    private final FailoverFacts facts;
    private final Function<ServerSettings, Host> hosts;
    private final Consumer<String> lines;
    private final Ticks ticks;
    private final Sleeper sleeper;
    private Duration reading = Duration.ZERO;
    private boolean unlisted;

    /** {@code lines} is told what is found. */
    DeadLog(
            FailoverFacts facts,
            Function<ServerSettings, Host> hosts,
            Consumer<String> lines,
            Ticks ticks,
            Sleeper sleeper) {
        this.facts = facts;
        this.hosts = hosts;
        this.lines = lines;
        this.ticks = ticks;
        this.sleeper = sleeper;
    }

    /** How long it took to read what would be saved; where that is much, as much as is known of it. */
    Duration reading() {
        return reading;
    }

    /** Whether its host answers, but not with what would be saved, and nobody else has that. */
    boolean isUnreadable() {
        return unlisted && facts.app().binlogHosts().isEmpty();
    }

    @Override
    public BinlogPosition end(Step.SaveTail save) {
        if (!facts.sshReachable() && facts.app().binlogHosts().isEmpty()) {
            lines.accept(
                    "To be saved from the dead master, if SSH to its host answers meanwhile (on_unreadable_tail=retry):"
                            + " its binary log from " + save.from());
            return save.from();
        }
        if (!facts.sshReachable()) {
            lines.accept(
                    "To be saved from the copies of the dead master's binary log that the [binlogN] hosts keep: what is behind "
                            + save.from());
            return save.from();
        }
        ServerSettings old = facts.app().of(facts.tree().source());
        try {
            return listed(save, hosts.apply(old), old);
        } catch (CommandException | MissingLogException e) {
            unlisted = true;
            lines.accept("To be saved from the dead master: its binary log from " + save.from()
                    + ", but that could not be listed: " + e.getMessage());
            return save.from();
        }
    }

    private BinlogPosition listed(Step.SaveTail save, Host host, ServerSettings old) {
        Deadline deadline = Deadline.in(LIMIT, ticks);
        LogFiles logs = new LogChoice(facts.oldServerId(), sleeper, deadline)
                .holding(host, old.paths().binlogDirs(), save.from().file());
        long bytes = -save.from().offset();
        BinlogPosition end = save.from();
        for (String file : logs.from(save.from().file(), deadline)) {
            long size = logs.size(file, deadline);
            bytes += size;
            end = new BinlogPosition(file, Math.max(size, 4));
        }
        String transactions = bytes > TRIED_BYTES ? "too much to count them now" : tried(save, host, old);
        lines.accept("To be saved from the dead master: %d bytes of binary log, from %s to %s; transactions: %s"
                .formatted(bytes, save.from(), end, transactions));
        return end;
    }

    /** Saves it as a failover would, into a folder that is removed. */
    private String tried(Step.SaveTail save, Host host, ServerSettings old) {
        try {
            Path folder = Files.createTempDirectory("mha4j-dry-run-");
            ArchiveName name = new ArchiveName(folder, old.id().host(), old.id().port(), "19700101000000");
            RescueSettings settings =
                    new RescueSettings(name, facts.app().name(), Instant.EPOCH, sleeper, progress -> {});
            try {
                long start = ticks.nanos();
                Archive archive =
                        read(settings, save, new LogPlace(host, old.paths().binlogDirs()));
                reading = Duration.ofNanos(ticks.nanos() - start);
                return archive.transactions()
                        + (archive.cut().isNothing() ? "" : "; " + archive.cut().sentence());
            } finally {
                new ArchiveStore(folder).delete(name);
                Files.deleteIfExists(folder);
            }
        } catch (IOException | ArchiveException | MissingLogException | CommandException e) {
            return "not counted: " + e.getMessage();
        }
    }

    private Archive read(RescueSettings settings, Step.SaveTail save, LogPlace place) {
        try (BinlogRescue rescue = BinlogRescue.begin(settings, save.from())) {
            rescue.fromSource(place, facts.oldServerId(), Deadline.in(LIMIT, ticks));
            return rescue.finish();
        }
    }

    @Override
    public Optional<StepResult.Found> start(Step.FindTail find) {
        ServerSettings old = facts.app().of(find.server());
        if (!facts.sshReachable()) {
            lines.accept(
                    "Where what replicas lack begins would be looked up in the copies that the [binlogN] hosts keep");
            return Optional.empty();
        }
        try {
            GtidStart.Start start = new BinlogSearch(
                            hosts.apply(old),
                            old.paths().binlogDirs(),
                            facts.oldServerId(),
                            sleeper,
                            Deadline.in(LIMIT, ticks))
                    .startFor(find.executed(), facts.baseOfLog());
            return Optional.of(new StepResult.Found(start.place(), start.before()));
        } catch (CommandException | MissingLogException e) {
            lines.accept("Where in the dead master's binary log begins what replicas lack could not be found: "
                    + e.getMessage());
            return Optional.empty();
        }
    }
}
