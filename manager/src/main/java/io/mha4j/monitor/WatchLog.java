package io.mha4j.monitor;

import io.mha4j.base.ServerId;
import io.mha4j.decision.HealthState;
import io.mha4j.report.EventLog;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
import java.util.List;
import java.util.Optional;

/** Tells what the watcher sees to the log and the status file, in MHA's words where it has some. */
public final class WatchLog implements WatchListener, DeathListener {
    private final ServerId source;
    private final EventLog log;
    private final StatusFile status;
    private Optional<String> refusal = Optional.empty();

    public WatchLog(ServerId source, EventLog log, StatusFile status) {
        this.source = source;
        this.log = log;
        this.status = status;
    }

    @Override
    public void answered(boolean first) {
        refusal.ifPresent(why -> log.info("{} lets us in again", source));
        refusal = Optional.empty();
        if (first) {
            log.info("Ping succeeded, waiting until MySQL doesn't respond..");
        }
        status.pingOk(source.host());
    }

    @Override
    public void failed(HealthState now, String why) {
        log.warning(
                "Got error on MySQL ping of {}: {} ({} of {} failures)",
                source,
                why,
                now.failures(),
                HealthState.FAILURES_TO_DEATH);
        if (now.failures() == 1) {
            status.write(Status.PING_FAILING, Optional.of(source.host()));
        }
    }

    @Override
    public void refused(HealthState now, String why) {
        if (refusal.filter(why::equals).isEmpty()) {
            log.warning("{} is alive but refuses us: {}; this counts neither as life nor as death", source, why);
            refusal = Optional.of(why);
        }
    }

    @Override
    public void vetoed(Evidence.Veto veto) {
        log.warning("{} is not called dead: {}; counting begins again", source, veto.why());
    }

    @Override
    public void dead(HealthState now, boolean sshReachable) {
        log.warning("Master {} is not reachable from health checker!", source);
        log.warning("SSH is {}reachable.", sshReachable ? "" : "NOT ");
        status.write(Status.PING_FAILED, Optional.of(source.host()));
    }

    @Override
    public void known(String who) {
        log.info("{} is {} on its host", source, who);
    }

    @Override
    public void unknown(String why) {
        log.info("A death of {} cannot be certain before four failures: {}", source, why);
    }

    @Override
    public void certain(List<String> evidence) {
        log.warning("Master {} is dead for certain, no further checks are waited for:", source);
        evidence.forEach(clause -> log.warning("  {}", clause));
        status.write(Status.PING_FAILED, Optional.of(source.host()));
    }

    @Override
    public void uncertain(List<String> against) {
        log.info("{} is not dead for certain, so failures are counted: {}", source, String.join("; ", against));
    }
}
