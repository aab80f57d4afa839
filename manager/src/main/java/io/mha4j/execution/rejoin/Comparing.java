package io.mha4j.execution.rejoin;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveName;
import io.mha4j.archive.ArchiveStore;
import io.mha4j.archive.BinlogRescue;
import io.mha4j.archive.LogPlace;
import io.mha4j.archive.Piece;
import io.mha4j.archive.RescueSettings;
import io.mha4j.archive.place.GtidStart;
import io.mha4j.archive.place.LogChoice;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.rejoin.RejoinPlan;
import io.mha4j.execution.FreeName;
import io.mha4j.execution.RescueSteps;
import io.mha4j.execution.Sessions;
import io.mha4j.mysql.SourceControl;
import io.mha4j.mysql.Sql;
import io.mha4j.remote.Host;
import io.mha4j.topology.ServerFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Looks for what a former source has and its successor lacks. Writes nothing but archives. */
final class Comparing {
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final Application app;
    private final ServerId old;
    private final ServerFacts facts;
    private final Sessions sessions;
    private final Function<ServerSettings, Host> hosts;
    private final RescueSteps.Time time;
    private final Rejoin.Reading reading;

    Comparing(Rejoin.Place place, ServerId old, ServerFacts facts, Sessions sessions) {
        this.app = place.app();
        this.old = old;
        this.facts = facts;
        this.sessions = sessions;
        this.hosts = place.hosts();
        this.time = place.time();
        this.reading = place.reading();
    }

    /**
     * Compares.
     *
     * @param keep whether what it has of its own is to be saved
     * @throws MhaException if that cannot be done
     */
    Comparison compare(RejoinPlan.Compare plan, boolean keep) {
        if (!reading.locks()) {
            requireNobodyWorks();
        }
        return plan.byGtid() ? byGtid(plan, keep) : byLog(plan.heldUpTo().orElseThrow(), keep);
    }

    /** Whoever does holds MHA's lock there. */
    private void requireNobodyWorks() {
        sessions.of(old, Deadline.in(SHORT, time.ticks()));
    }

    /** Its own set is read first: what the other executes meanwhile cannot be missed by that. */
    private Comparison byGtid(RejoinPlan.Compare plan, boolean keep) {
        GtidSet own = executed(old);
        GtidSet theirs = executed(plan.source());
        // A switch or failover of the present source is not to wait for a log that is read for hours.
        sessions.end(plan.source());
        GtidSet extra = own.minus(theirs);
        if (extra.isEmpty()) {
            return writtenAgain(plan, keep)
                    .orElseGet(() ->
                            new Comparison.Equal("all that it has executed, " + own + ", is on " + plan.source()));
        }
        String what = extra.size() + " transactions are on " + old + " alone: " + extra;
        if (!keep) {
            return new Comparison.Diverged(what, Optional.empty(), Optional.empty());
        }
        try {
            Deadline deadline = Deadline.in(reading.limit(), time.ticks());
            BinlogPosition from = plan.heldUpTo().orElseGet(() -> firstWith(theirs, deadline));
            return Comparison.Diverged.of(what, read(from, deadline), true, extra);
        } catch (MhaException e) {
            return new Comparison.Diverged(what, Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    /**
     * A binary log that lost its end in a crash gives numbers again that the successor knows as other transactions: equal
     * numbers prove nothing then, unless nothing was written since.
     */
    private Optional<Comparison> writtenAgain(RejoinPlan.Compare plan, boolean keep) {
        Optional<BinlogPosition> restart = plan.heldUpTo().flatMap(heldUpTo -> behindLostEnd(logs(), heldUpTo));
        if (restart.isEmpty()) {
            return Optional.empty();
        }
        Archive since = read(restart.get(), Deadline.in(reading.limit(), time.ticks()));
        boolean written = since.transactions() > 0;
        if (!written || !keep) {
            delete(since);
        }
        if (!written) {
            requireWhole(since);
            return Optional.empty();
        }
        String what = "its binary log lost its end before " + plan.heldUpTo().get()
                + ", up to which its successor has it, and " + since.transactions()
                + " transactions were written since, under numbers that mean others there";
        return Optional.of(Comparison.Diverged.of(what, since, keep, GtidSet.EMPTY));
    }

    /** That there is nothing is proven only where everything was read. */
    private void requireWhole(Archive nothing) {
        if (!nothing.reachedEnd()) {
            throw new RejoinException(
                    old,
                    "its binary log behind " + nothing.start() + " cannot be read to its end: "
                            + nothing.cut().sentence());
        }
    }

    /** The end of each of its logs, in their order. */
    private List<BinlogPosition> logs() {
        Deadline deadline = Deadline.in(SHORT, time.ticks());
        return sessions.of(old, deadline).query(Sql.of("SHOW BINARY LOGS"), deadline).stream()
                .map(row -> new BinlogPosition(row.textOrEmpty("Log_name"), row.number("File_size")))
                .toList();
    }

    /**
     * Where it wrote on, if the log in which its successor has it up to {@code heldUpTo} ends before that. A server that is started begins
     * a new log: what was lost is with the successor, and does not make what was written since incomplete.
     */
    static Optional<BinlogPosition> behindLostEnd(List<BinlogPosition> logs, BinlogPosition heldUpTo) {
        return IntStream.range(0, logs.size())
                .filter(i -> logs.get(i).file().equals(heldUpTo.file())
                        && logs.get(i).offset() < heldUpTo.offset())
                .mapToObj(i ->
                        i + 1 < logs.size() ? new BinlogPosition(logs.get(i + 1).file(), Piece.FIRST_EVENT) : heldUpTo)
                .findFirst();
    }

    private BinlogPosition firstWith(Gtids theirs, Deadline deadline) {
        String current = facts.binlog().map(b -> b.end().file()).orElse("");
        LogFiles logs =
                new LogChoice(facts.serverId(), time.sleeper(), deadline).holding(host(), directories(), current);
        return new GtidStart(logs, time.sleeper(), deadline).find(theirs).place();
    }

    private GtidSet executed(ServerId server) {
        Deadline deadline = Deadline.in(SHORT, time.ticks());
        return new SourceControl(sessions.of(server, deadline))
                .executed(deadline)
                .filter(g -> g instanceof GtidSet)
                .map(g -> (GtidSet) g)
                .orElse(GtidSet.EMPTY);
    }

    /** That the log reaches so far at all is part of the proof: one that lost its end throws here. */
    private Comparison byLog(BinlogPosition heldUpTo, boolean keep) {
        Archive extra = read(heldUpTo, Deadline.in(reading.limit(), time.ticks()));
        if (extra.transactions() == 0) {
            delete(extra);
            requireWhole(extra);
            return new Comparison.Equal(
                    "its binary log holds no transaction behind " + heldUpTo + ", up to where its successor has it");
        }
        String what = extra.transactions() + " transactions are in its binary log behind " + heldUpTo + ", up to "
                + extra.end() + extra.gtids().map(g -> ", GTIDs " + g).orElse("");
        if (!keep) {
            delete(extra);
        }
        return Comparison.Diverged.of(what, extra, keep, GtidSet.EMPTY);
    }

    private Archive read(BinlogPosition from, Deadline deadline) {
        Instant now = time.clock().instant();
        if (!reading.locks()) {
            sessions.end(old);
        }
        ArchiveName name = new FreeName(Path.of(app.workdir()), time.zone()).next(old, now);
        RescueSettings settings = new RescueSettings(name, app.name(), now, time.sleeper(), progress -> {});
        try (BinlogRescue rescue = BinlogRescue.begin(settings, from)) {
            rescue.fromSource(new LogPlace(host(), directories()), facts.serverId(), deadline);
            rescue.note("what " + old + " has behind the place up to which its successor has its history");
            return rescue.finish();
        }
    }

    void delete(Archive archive) {
        ArchiveStore store = new ArchiveStore(Path.of(app.workdir()));
        store.names().stream()
                .filter(n -> n.description().equals(archive.description()))
                .forEach(store::delete);
    }

    private Host host() {
        return hosts.apply(app.of(old));
    }

    private List<String> directories() {
        List<String> all = new ArrayList<>(app.of(old).paths().binlogDirs());
        if (!all.contains(facts.datadir())) {
            all.add(facts.datadir());
        }
        return all;
    }
}
