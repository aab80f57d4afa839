package io.mha4j.cli.admission;

import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.outlook.Alarm;
import io.mha4j.cli.outlook.TextPost;
import io.mha4j.config.Application;
import io.mha4j.decision.Refusal;
import io.mha4j.execution.Failover;
import io.mha4j.monitor.TreeLook;
import io.mha4j.report.AtomicFile;
import io.mha4j.report.EventLog;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.Journal;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Tells people by script, mail and webhook that a master is dead and nothing is done about it, or that a failover that was cut off is not
 * taken up, or undone with something left to do. A manager that ends for that is started again, and has the same to tell: so what
 * was told last is kept on disk, and the same is told once an hour, until a manager sees the master alive.
 */
public final class RefusalAlarm {
    private static final Duration SILENCE = Duration.ofHours(1);
    private static final String NOT_TAKEN_UP = "a failover that was cut off is not taken up";

    private final StateFiles files;
    private final InstantSource clock;
    private final EventLog log;
    private final Way way;

    /** How people are told. */
    @FunctionalInterface
    public interface Way {
        /** Answers whether anybody was. */
        boolean tell(String event, String sentence);
    }

    public RefusalAlarm(StateFiles files, InstantSource clock, EventLog log, Way way) {
        this.files = files;
        this.clock = clock;
        this.log = log;
        this.way = way;
    }

    /**
     * An alarm for those whom {@code app} names.
     *
     * @param interactive whether a person sits at the terminal, who sees it: then nobody is told
     */
    public static RefusalAlarm of(Application app, StateFiles files, EventLog log, boolean interactive) {
        boolean anybody = app.reports().takesAlarms();
        Alarm alarm = new Alarm(app, log);
        return new RefusalAlarm(
                files,
                SystemTime.CLOCK,
                log,
                (event, sentence) -> anybody
                        && !interactive
                        && alarm.send(event, List.of(sentence), TextPost.of(app, event, sentence)));
    }

    /** Tells that a failover was refused; not that the master lives. */
    public void refused(ServerId source, Refusal why) {
        if (!(why instanceof Refusal.SourceAlive)) {
            tell(source, why.getClass().getSimpleName(), why.sentence());
        }
    }

    /** Tells that a failover ended before anything irreversible was done. */
    public void notBegun(ServerId source, Failover.End end) {
        if (end instanceof Failover.End.Declined declined) {
            refused(source, declined.why());
        } else if (end instanceof Failover.End.Stopped stopped) {
            tell(source, "Stopped", stopped.why());
        }
    }

    /**
     * Answers what the look at the servers of a dead source saw, or tells that no failover can come of it.
     *
     * @param lastLook at the source, whatever the other showed; throws if it is alive, of which nobody is told
     */
    public TreeLook.Seen seen(ServerId dead, Supplier<TreeLook.Seen> look, Runnable lastLook) {
        try {
            TreeLook.Seen seen = look.get();
            lastLook.run();
            return seen;
        } catch (TreeLook.NoTree e) {
            lastLook.run();
            tell(dead, "NoTree", e.getMessage());
            throw e;
        }
    }

    /**
     * Does what a failover does with its journal; answers the exit status, 1 if the journal cannot be written.
     *
     * @param opening of the journal, without which nothing may be changed
     * @param teller  tells people why it could not be opened
     */
    public int journaled(Supplier<Journal> opening, Consumer<String> teller, ToIntFunction<Journal> work) {
        Journal opened;
        try {
            opened = opening.get();
        } catch (ReportException e) {
            log.error("{}", e.getMessage());
            teller.accept(e.getMessage());
            return 1;
        }
        try (opened) {
            return work.applyAsInt(opened);
        }
    }

    /**
     * Tells it, unless the same was told within the hour.
     *
     * @param kind of the reason; what differs within one kind is not told apart
     * @param why  one sentence
     */
    public void tell(ServerId dead, String kind, String why) {
        tell(
                dead + " " + kind,
                "the master is dead, no failover",
                "Master " + dead + " is dead, and there is NO FAILOVER: " + why);
    }

    /**
     * Tells that a failover that was cut off stays as it is. Whether that leaves no master only a person can tell: the old one may
     * be in use again, or another.
     *
     * @param now  what was seen of the servers
     * @param kind of the reason; what differs within one kind is not told apart
     * @param why  one sentence
     */
    public void notTakenUp(ServerId source, Snapshot now, String kind, String why) {
        String state = now.servers().get(source) instanceof ServerState.Unreachable ? " does not answer" : " answers";
        tell(
                source + " not taken up, " + kind + "," + state,
                NOT_TAKEN_UP,
                "The failover of " + source + " that was cut off is NOT taken up, and nobody watches: " + why + "; "
                        + source + state);
    }

    /**
     * The same, before anything was seen of the servers.
     *
     * @param kind of the reason; what differs within one kind is not told apart
     * @param why  one sentence
     */
    public void notTakenUp(String kind, String why) {
        tell(
                "not taken up, " + kind,
                NOT_TAKEN_UP,
                "A failover that was cut off is NOT taken up, and nobody watches: " + why);
    }

    /**
     * Tells that a failover that was cut off is undone, and replication that it had stopped stands still.
     *
     * @param left where, and why
     */
    public void undonePartly(ServerId source, String left) {
        tell(
                source + " undone partly",
                "a failover that was cut off is undone, but not everywhere",
                "The failover of " + source + " that was cut off is undone, since " + source
                        + " answers again; start by hand what stands still: " + left);
    }

    /**
     * Tells that a failover that was cut off is undone, and that its journal says nothing of that.
     *
     * @param why one sentence
     */
    public void undoneNotClosed(ServerId source, String why) {
        tell(
                source + " undone, not closed",
                "a failover that was cut off is undone, but its journal could not be closed",
                "The failover of " + source + " that was cut off is undone, since " + source
                        + " answers again, but its journal could not be closed, and nobody watches: " + why);
    }

    private void tell(String what, String event, String sentence) {
        if (!wasTold(what) && way.tell(event, sentence)) {
            remember(what);
        }
    }

    /** The source answers: when it dies again, that is news. */
    public static void forget(StateFiles files, EventLog log) {
        try {
            Files.deleteIfExists(files.refused());
        } catch (IOException e) {
            log.warning("{}", StateFiles.notWritten(files.refused(), e).getMessage());
        }
    }

    private boolean wasTold(String what) {
        try {
            Instant told = Files.getLastModifiedTime(files.refused()).toInstant();
            Duration since = Duration.between(told, clock.instant());
            return AtomicFile.read(files.refused()).equals(what) && !since.isNegative() && since.compareTo(SILENCE) < 0;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            log.warning("{}", StateFiles.notRead(files.refused(), e).getMessage());
            return false;
        }
    }

    private void remember(String what) {
        try {
            AtomicFile.write(files.refused(), what, clock.instant());
        } catch (IOException e) {
            log.warning("{}", StateFiles.notWritten(files.refused(), e).getMessage());
        }
    }
}
