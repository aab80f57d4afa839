package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.mysql.Dialect.Threads;
import io.mha4j.mysql.receiver.SourceReach;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.RelayPosition;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Replication on one channel of one server: start and stop, point elsewhere, wait for what was received. Each call
 * checks its result on the server and fails with {@link MysqlException} when the deadline passes first. For one thread
 * at a time, as the session.
 */
public final class ReplicationControl {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** What takes a moment is seen at once; what takes long is not asked about all the time. */
    private static final Duration FIRST_LOOK_AGAIN = Duration.ofMillis(5);

    /** What a few questions may take on a busy server. */
    private static final Duration LOOK = Duration.ofMillis(200);

    /** How long a source that we serve ourselves may be out of its receiver's reach. */
    private static final Duration FEED_PATIENCE = Duration.ofSeconds(3);

    /** What is left of a start's time to tell why it failed. */
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    /** A receiver is told to try again only while there is time for it. */
    private static final Duration TRY = Duration.ofSeconds(5);
    /** What of that is left to start it: stopping waits for an attempt to connect that has begun meanwhile. */
    private static final Duration RESTART = Duration.ofSeconds(3);

    private static final Sql RELAY_LOG_PLACE =
            Sql.of("SHOW GLOBAL VARIABLES WHERE Variable_name IN" + " ('datadir', 'relay_log', 'relay_log_basename')");

    private final ServerSession session;
    private final Dialect dialect;
    private final String channel;
    private final Sleeper sleeper;
    /** Where the relay logs begin since a change of source, until they are used. */
    private Optional<RelayPosition> empty = Optional.empty();

    /**
     * @param channel as in {@link ReplicaStatus#channel()}; empty for the default channel, and for a server that is no
     *     replica yet
     */
    public ReplicationControl(ServerSession session, String channel, Sleeper sleeper) {
        this.session = session;
        this.dialect = session.dialect();
        this.channel = channel;
        this.sleeper = sleeper;
    }

    /** What the channel looks like now; empty if the server does not replicate by it. */
    public Optional<ReplicaStatus> status(Deadline deadline) {
        return session.channels(deadline).stream()
                .filter(status -> status.channel().equals(channel))
                .findFirst();
    }

    /**
     * How the channel keeps in touch with its source, to be put back by a later {@link #changeSource}; empty if the
     * server does not replicate by it. Heartbeat and compression are absent where the server hides them, from our account too.
     */
    public Optional<SourceTarget.Link> link(Deadline deadline) {
        Optional<Row> more = dialect.heartbeat(channel)
                .flatMap(sql -> session.queryIfPermitted(sql, deadline))
                .flatMap(rows -> rows.stream().findFirst());
        return new ReplicaStatusReader(dialect).link(session.query(dialect.replicaStatus(), deadline), channel, more);
    }

    /**
     * Where the server keeps its relay logs: an absolute directory, without a slash at the end. From
     * {@code relay_log_basename} (MySQL 5.6, MariaDB 10.1 and later), before that from {@code relay_log} and
     * {@code datadir}.
     */
    public String relayLogDirectory(Deadline deadline) {
        Map<String, String> said = new HashMap<>();
        session.query(RELAY_LOG_PLACE, deadline)
                .forEach(row -> said.put(row.textOrEmpty("Variable_name"), row.textOrEmpty("Value")));
        String datadir = said.getOrDefault("datadir", "/");
        String base = said.getOrDefault("relay_log_basename", "");
        String file = base.isEmpty() ? said.getOrDefault("relay_log", "") : base;
        Path directory =
                Path.of(datadir).resolve(file.isEmpty() ? "relay-bin" : file).getParent();
        return String.valueOf(directory == null ? datadir : directory.normalize());
    }

    /** Stops receiving and returns when it has stopped; what was received is still being executed. */
    public void stopReceiver(Deadline deadline) {
        stop(Threads.RECEIVER, deadline);
    }

    /** Stops executing; what is being received goes on. */
    public void stopApplier(Deadline deadline) {
        stop(Threads.APPLIER, deadline);
    }

    /** Stops both threads; at once a success on a server that is no replica. */
    public void stopReplication(Deadline deadline) {
        stop(Threads.BOTH, deadline);
    }

    private void stop(Threads threads, Deadline deadline) {
        Optional<ReplicaStatus> before = status(deadline);
        if (before.isEmpty()) {
            return;
        }
        Sql sql = dialect.stop(channel, threads);
        if (threads != Threads.RECEIVER && dialect.stopWaitsForTransactionEnd()) {
            new TornStop(session, deadline).freeIfStuck(before.get(), this);
        }
        session.execute(sql, deadline);
        await(
                sql.shown(),
                deadline,
                status -> (threads == Threads.APPLIER || stopped(status.receiver()))
                        && (threads == Threads.RECEIVER || stopped(status.applier())));
    }

    private static boolean stopped(ThreadState thread) {
        return thread.word().equals("No");
    }

    /**
     * Starts executing what was received, and returns when the thread runs. Nothing received is lost by it: a MariaDB
     * replica that positions by GTID and whose receiver is stopped goes over to file and position first, because it
     * would throw its relay logs away otherwise; {@link #returnToGtids} and {@link #changeSource} bring it back.
     */
    public void startApplier(Deadline deadline) {
        ReplicaStatus before = status(deadline)
                .orElseThrow(() -> notAsAsked(
                        dialect.start(channel, Threads.APPLIER).shown(),
                        "it does not replicate; point it at a source first"));
        start(Threads.APPLIER, deadline.remaining(), dialect.startApplier(channel, before), deadline);
    }

    /**
     * Lets the channel position by GTID as before {@link #startApplier}, at the same source, once it has executed all that it
     * received. Both threads stand still then. Its receiver must be stopped, its applier running.
     *
     * @param now its status
     */
    public void returnToGtids(ReplicaStatus now, Deadline deadline) {
        awaitApplied(deadline);
        changeSource(
                new SourceTarget(
                        now.sourceHost(),
                        now.sourcePort(),
                        now.user(),
                        Optional.empty(),
                        new SourceTarget.Start.AutoPosition()),
                deadline);
    }

    /** Every how many milliseconds parallel appliers of MySQL say how far they are; for all channels of the server. */
    public void setCheckpointPeriod(long millis, Deadline deadline) {
        String name = session.version().isMysqlFrom(8, 0, 26) ? "replica_checkpoint_period" : "slave_checkpoint_period";
        session.execute(Sql.of("SET GLOBAL " + name + "=" + millis), deadline);
    }

    /**
     * Starts both threads and returns when both run and stay so. A MariaDB replica that positions by GTID fetches
     * again what it had received: not to be done while its source is gone. A receiver that does not reach its source is told
     * to try again as long as there is time.
     *
     * @throws MysqlException of kind REPLICATION with the thread's error code and text, as soon as a thread has stopped
     *     with an error or the source refuses the login, or at the end of the time if the source was not reached
     */
    public void startReplication(Deadline deadline) {
        startReplication(deadline.remaining(), deadline);
    }

    /** The same for a source that is needed at once: for {@code unheard} nothing need answer where it should be. */
    public void startReplication(Duration unheard, Deadline deadline) {
        start(Threads.BOTH, unheard, List.of(dialect.start(channel, Threads.BOTH)), deadline);
    }

    /**
     * Starts both threads, or the receiver only, and does not look whether they run, as {@link #awaitFromSource} does, or as no
     * source may answer.
     */
    public void orderStart(boolean both, Deadline deadline) {
        empty = Optional.empty();
        session.execute(dialect.start(channel, both ? Threads.BOTH : Threads.RECEIVER), deadline);
    }

    private void start(Threads threads, Duration unheard, List<Sql> statements, Deadline deadline) {
        String doing = statements.get(statements.size() - 1).shown();
        boolean both = threads == Threads.BOTH;
        Optional<RelayPosition> from = empty.filter(e -> both);
        empty = Optional.empty();
        SourceReach reach = new SourceReach(deadline.remaining().minus(LAST_WORD), unheard, deadline.ticks());
        StartWatch watch = new StartWatch(
                session.server(), doing, both ? Optional.of(reach) : Optional.empty(), from, deadline.ticks());
        statements.forEach(sql -> session.execute(sql, deadline));
        await(doing, deadline, status -> {
            boolean over = watch.isOver(status);
            tryAgainIfDue(reach, deadline);
            return over;
        });
    }

    /** Lets a receiver try at once to reach its source, when that is due. It is left stopped only if this process dies in between. */
    void tryAgainIfDue(SourceReach reach, Deadline deadline) {
        if (deadline.remaining().compareTo(TRY) <= 0 || !reach.isTryDue()) {
            return;
        }
        Sql start = dialect.start(channel, Threads.RECEIVER);
        try {
            Duration patience = deadline.remaining().minus(RESTART);
            session.execute(dialect.stop(channel, Threads.RECEIVER), deadline.atMost(patience));
            session.execute(start, deadline);
        } catch (MysqlException e) {
            throw startedAnyway(e, start, Deadline.in(RESTART, deadline.ticks()));
        }
    }

    /** The server does it as soon as it is done with the statement before, whether we hear of that or not. */
    private MysqlException startedAnyway(MysqlException failure, Sql start, Deadline deadline) {
        try (ServerSession another = session.another(deadline)) {
            another.execute(start, deadline);
            return failure;
        } catch (MysqlException e) {
            return failure.with(start.shown() + ": " + e.why() + "; its I/O thread may stand still: start it");
        }
    }

    /**
     * Stops both threads and points the channel at another source; does not start. <b>Throws away every event that was
     * received and not executed.</b> Kept: channel, filters, relay_log_purge and, unless the target's link says
     * otherwise, replication delay and TLS settings.
     */
    public void changeSource(SourceTarget target, Deadline deadline) {
        empty = new SourceChange(session, channel).to(target, this, deadline).relayLog();
    }

    /**
     * MariaDB: makes what was written on this server part of where it resumes; for a former source that is about to
     * become a replica. MySQL needs nothing of the kind. Both threads must be stopped.
     */
    public void adoptOwnHistory(Deadline deadline) {
        dialect.adoptOwnHistory().forEach(sql -> session.execute(sql, deadline));
    }

    /** Stops replication and throws away where from; verified by an empty status. */
    public void forgetSource(Deadline deadline) {
        stopReplication(deadline);
        if (!channel.isEmpty() && status(deadline).isEmpty()) {
            // A channel that is gone cannot be named any more; the default one always can.
            return;
        }
        List<Sql> statements = dialect.forget(channel);
        statements.forEach(sql -> session.execute(sql, deadline));
        status(deadline).ifPresent(left -> {
            throw MysqlException.notAsAsked(
                    session.server(),
                    statements.get(0).shown(),
                    "it still knows the source " + left.sourceHost() + ":" + left.sourcePort());
        });
    }

    /**
     * Returns when everything received has been executed, a transaction without an end aside. The receiver must be
     * stopped and the applier running.
     *
     * @throws MysqlException of kind REPLICATION if the applier stops with an error
     */
    public void awaitApplied(Deadline deadline) {
        AppliedWatch watch = new AppliedWatch(session, deadline);
        await(AppliedWatch.DOING, deadline, watch::isOver);
    }

    /**
     * Returns when the transactions have been executed here.
     *
     * @throws MysqlException of kind REPLICATION if the applier stops with an error, or nothing is left to execute and the receiver
     *     has stopped with an error or not reached its source for 10 s; OUTCOME if the time is up
     */
    public void awaitGtids(Gtids gtids, Deadline deadline) {
        new GtidWatch(session, gtids, GtidWatch.PATIENCE, false).await(this, deadline);
    }

    /** The same with another time than 10 s; a receiver that a wait before left stopped, beside a running applier, is started. */
    public void awaitGtids(Gtids gtids, Duration patience, Deadline deadline) {
        new GtidWatch(session, gtids, patience, true).await(this, deadline);
    }

    /**
     * Returns when everything before a position of the source's binary log has been executed here. Both threads must run.
     *
     * @param looker shown each status on the way
     * @throws MysqlException of kind REPLICATION if a thread stops with an error, or the receiver keeps failing to
     *     reach the source; OUTCOME if the time is up
     */
    public void awaitFromSource(BinlogPosition position, Consumer<ReplicaStatus> looker, Deadline deadline) {
        awaitFromSource(
                "waiting until events up to " + position + " are executed",
                status -> status.applied().filter(p -> p.isAtOrAfter(position)).isPresent(),
                looker,
                deadline);
    }

    /** The same until transactions have been executed here. */
    public void awaitFromSource(Gtids gtids, Consumer<ReplicaStatus> looker, Deadline deadline) {
        awaitFromSource(
                "waiting for transactions " + gtids,
                status -> session.executed(deadline)
                        .filter(all -> all.covers(gtids))
                        .isPresent(),
                looker,
                deadline);
    }

    private void awaitFromSource(
            String doing, Predicate<ReplicaStatus> done, Consumer<ReplicaStatus> looker, Deadline deadline) {
        SourceReach reach = new SourceReach(FEED_PATIENCE, deadline.ticks());
        StartWatch threads =
                new StartWatch(session.server(), doing, Optional.of(reach), Optional.empty(), deadline.ticks());
        await(doing, deadline, status -> {
            looker.accept(status);
            boolean isDone = done.test(status);
            if (!isDone) {
                threads.isOver(status);
            }
            return isDone;
        });
    }

    /** Looks again and again until the watch is content; the watch throws when waiting has become senseless. */
    void await(String doing, Deadline deadline, Predicate<ReplicaStatus> watch) {
        Duration pause = FIRST_LOOK_AGAIN;
        while (true) {
            ReplicaStatus status = status(deadline).orElseThrow(() -> notAsAsked(doing, "it does not replicate"));
            if (watch.test(status)) {
                return;
            }
            if (!pausedForAnotherLook(pause, doing, deadline)) {
                throw notAsAsked(doing, "not in time; " + said(status));
            }
            Duration longer = pause.multipliedBy(5).dividedBy(4);
            pause = longer.compareTo(LOOK_AGAIN) < 0 ? longer : LOOK_AGAIN;
        }
    }

    private MysqlException notAsAsked(String doing, String sentence) {
        String where = channel.isEmpty() ? "" : "channel " + channel + ": ";
        return MysqlException.notAsAsked(session.server(), doing, where + sentence);
    }

    private static String said(ReplicaStatus status) {
        return "I/O thread " + said(status.receiver()) + ", SQL thread " + said(status.applier()) + ", read "
                + status.read().map(BinlogPosition::toString).orElse("nothing") + ", executed "
                + status.applied().map(BinlogPosition::toString).orElse("nothing");
    }

    private static String said(ThreadState thread) {
        return thread.errorCode() == 0
                ? thread.word()
                : thread.word() + " (error " + thread.errorCode() + ": " + thread.error() + ")";
    }

    /** Whether there is time for another look: one that the deadline cuts off would cost the session. */
    boolean pausedForAnotherLook(String doing, Deadline deadline) {
        return pausedForAnotherLook(LOOK_AGAIN, doing, deadline);
    }

    private boolean pausedForAnotherLook(Duration pause, String doing, Deadline deadline) {
        sleep(pause, doing, deadline);
        return deadline.remaining().compareTo(LOOK) >= 0;
    }

    /** Lets pass what a parallel applier takes to publish its position. */
    void settle(Deadline deadline) {
        sleep(AppliedWatch.SETTLED, AppliedWatch.DOING, deadline);
    }

    private void sleep(Duration time, String doing, Deadline deadline) {
        Duration left = deadline.remaining();
        try {
            sleeper.sleep(left.compareTo(time) < 0 ? left : time);
        } catch (InterruptedException e) {
            throw InterruptedWork.during(doing, e);
        }
    }
}
