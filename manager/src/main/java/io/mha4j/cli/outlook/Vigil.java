package io.mha4j.cli.outlook;

import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.monitor.LastStatus;
import io.mha4j.monitor.LostConnections;
import io.mha4j.monitor.StatusWatch;
import io.mha4j.monitor.ssh.SshLoss;
import io.mha4j.report.EventLog;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.trouble.Troubles;
import io.mha4j.report.word.WordFile;
import io.mha4j.topology.details.SourceStatus;
import java.time.Duration;
import java.util.Optional;

/** What one manager notices beside the life of its source, and has told of it; kept from one watching to the next. */
public final class Vigil {
    private final OutlookTeller outlooks;
    private final Troubles troubles;
    private volatile TroubleTeller alarms = newAlarms();
    private final SshLoss loss;
    private final ConfigLook config;
    private final LostConnections lostConnections = new LostConnections();
    private final StatusWatch.Memory said = new StatusWatch.Memory(new LastStatus(), new LostConnections());
    private final WordFile<Asked> asked;
    private final EventLog log;

    public Vigil(StateFiles files, EventLog log) {
        this.outlooks = new OutlookTeller(log);
        this.troubles = new Troubles(files, ProcessIdentity.current(), SystemTime.CLOCK, log);
        this.loss = new SshLoss(log, troubles);
        this.config = new ConfigLook(log, troubles);
        this.asked = Asked.in(files);
        this.log = log;
    }

    /** What is wrong at present. */
    public Troubles troubles() {
        return troubles;
    }

    /** Who cannot be reached over SSH. */
    public SshLoss loss() {
        return loss;
    }

    /** Whether a failover could use the configuration as it is. */
    public ConfigLook config() {
        return config;
    }

    /** Who tells people of them. */
    TroubleTeller alarms() {
        return alarms;
    }

    private static TroubleTeller newAlarms() {
        return new TroubleTeller(SystemTime.TICKS);
    }

    /** Which connections it gave up. */
    public LostConnections lostConnections() {
        return lostConnections;
    }

    /** What it said last; after a dozen silent checks nothing is known of how its commits waited. */
    public Optional<SourceStatus> lastStatus(ServerSettings source) {
        Duration fresh = source.watching().pingInterval().multipliedBy(12);
        return said.last().of(source.id(), fresh, SystemTime.TICKS, SystemTime.CLOCK);
    }

    /** The threads that look and tell. */
    public record Kept(OutlookWatch outlook, TroubleWatch trouble, StatusWatch status) implements AutoCloseable {
        /** What is on its way may still come to its end. */
        @Override
        public void close() {
            outlook.close();
            trouble.close();
            status.close();
        }
    }

    /**
     * Begins to look and tell.
     *
     * @param source who is watched
     * @param before what else is done before each look, and now
     */
    public Kept keep(Application app, ServerSettings source, OutlookRun run, Runnable before) {
        surviving(
                () -> asked.write(ProcessIdentity.current(), run.asked(), SystemTime.CLOCK.instant()),
                "; masterha_check_status goes by a manager without options");
        return new Kept(
                OutlookWatch.on(app, run, before, outlooks, log),
                TroubleWatch.on(app, troubles, alarms, log),
                StatusWatch.on(
                        source,
                        said,
                        log,
                        new StatusWatch.Time(SystemTime.TICKS, SystemTime.SLEEPER, SystemTime.CLOCK)));
    }

    /** A file that cannot be written ends nothing. */
    private void surviving(Runnable work, String what) {
        try {
            work.run();
        } catch (ReportException e) {
            log.warning("{}{}", e.getMessage(), what);
        }
    }

    /** The source is not watched any more: what was wrong while it lived is past, and nobody is told that it ended. */
    public void end() {
        alarms = newAlarms();
        troubles.close();
        surviving(asked::remove, "");
        loss.forget();
        config.forget();
    }
}
