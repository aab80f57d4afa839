package io.mha4j.monitor;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings.PingType;
import io.mha4j.decision.HealthState;
import io.mha4j.report.EventLog;
import io.mha4j.report.ReportException;
import io.mha4j.report.Status;
import io.mha4j.report.StatusFile;
import io.mha4j.report.trouble.Trouble.State;
import io.mha4j.report.trouble.Troubles;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells what the watcher sees to the log and the status file, in MHA's words where it has some. */
public final class WatchLog implements WatchListener, DeathListener {
    private static final Set<State> OF_THE_SILENT =
            Collections.unmodifiableSet(EnumSet.of(State.VETOED, State.PAUSED, State.REFUSED));
    private static final Set<State> OF_A_SOURCE =
            Collections.unmodifiableSet(EnumSet.of(State.VETOED, State.PAUSED, State.REFUSED, State.UNUSABLE));

    private final ServerId source;
    private final PingType pingType;
    private final EventLog log;
    private final StatusFile status;
    private final Troubles troubles;
    private Optional<String> refusal = Optional.empty();
    private Optional<Evidence.Veto> veto = Optional.empty();
    private Optional<String> useless = Optional.empty();
    /** Why the last check failed. */
    private String failure = "";

    private boolean unshown;

    /**
     * @param pingType how the source is asked
     * @param troubles told what lasts; what is known there of another source is past from now on
     */
    public WatchLog(ServerId source, PingType pingType, EventLog log, StatusFile status, Troubles troubles) {
        this.source = source;
        this.pingType = pingType;
        this.log = log;
        this.status = status;
        this.troubles = troubles;
        troubles.endOthers(OF_A_SOURCE, source.toString());
    }

    @Override
    public void answered(boolean first) {
        useless.ifPresent(why -> log.info("{} can be used again", source));
        useless = Optional.empty();
        troubles.end(State.UNUSABLE, source.toString());
        lives(first);
    }

    private void lives(boolean first) {
        isNotSilent();
        if (first) {
            log.info("Ping({}) succeeded, waiting until MySQL doesn't respond..", pingType);
        }
        show(() -> status.pingOk(source.host()));
    }

    private void show(Status now) {
        show(() -> status.write(now, Optional.of(source.host())));
    }

    /** A disk that is full for a moment is no reason to watch no longer. */
    private void show(Runnable writing) {
        try {
            writing.run();
            unshown = false;
        } catch (ReportException e) {
            if (!unshown) {
                log.warning("{}; masterha_check_status does not show what is seen here", e.getMessage());
            }
            unshown = true;
        }
    }

    private void isNotSilent() {
        refusal.ifPresent(why -> log.info("{} lets us in again", source));
        veto.ifPresent(v -> log.info("{} answers again; it was rightly not called dead", source));
        refusal = Optional.empty();
        veto = Optional.empty();
        troubles.end(OF_THE_SILENT);
    }

    @Override
    public void closed(boolean first, String why) {
        if (useless.filter(why::equals).isEmpty()) {
            log.warning("{} is alive, but nobody can use it: {}; to the manager it answers", source, why);
        }
        showUseless(why);
        lives(first);
    }

    private void showUseless(String why) {
        useless = Optional.of(why);
        troubles.begin(State.UNUSABLE, source.toString(), "alive, but nobody can use it: " + why);
    }

    /** One that could not be used is not known to be well again: its failures and its silence may come in turns. */
    @Override
    public void failed(HealthState now, String why) {
        failedOnceMore(now, why);
    }

    /** While a veto stands, the same failure comes again and again. */
    private void failedOnceMore(HealthState now, String why) {
        troubles.end(State.REFUSED, source.toString());
        if (veto.isEmpty() || !why.equals(failure)) {
            log.warning(
                    "Got error on MySQL ping of {}: {} ({} of {} failures)",
                    source,
                    why,
                    now.failures(),
                    HealthState.FAILURES_TO_DEATH);
        }
        failure = why;
        if (now.failures() == 1) {
            show(Status.PING_FAILING);
        }
    }

    @Override
    public void refused(HealthState now, String why) {
        if (refusal.filter(why::equals).isEmpty()) {
            log.warning("{} is alive but refuses us: {}; this counts neither as life nor as death", source, why);
            refusal = Optional.of(why);
            // No good ping, so MHA would call this program hung after a while.
            show(Status.PING_FAILING);
        }
        troubles.begin(State.REFUSED, source.toString(), why);
    }

    @Override
    public void unusable(HealthState now, HealthState.Check.Unusable check) {
        if (check.counts()) {
            failedOnceMore(now, "unusable: " + check.why());
        } else {
            isNotSilent();
            if (useless.filter(check.why()::equals).isEmpty()) {
                log.warning(
                        "{} is alive, but nobody can use it: {}; unusable_source=alarm: no failover",
                        source,
                        check.why());
                show(Status.PING_FAILING);
            }
        }
        showUseless(check.why());
    }

    @Override
    public void vetoed(Evidence.Veto now) {
        boolean paused = now.cause() == Evidence.Cause.PAUSED;
        if (veto.filter(before -> isSame(before, now)).isEmpty()) {
            log.warning("{} is not called dead: {}; counting begins again", source, now.why());
            veto = Optional.of(now);
        }
        refusal = Optional.empty();
        useless = Optional.empty();
        troubles.end(EnumSet.of(State.REFUSED, State.UNUSABLE, paused ? State.VETOED : State.PAUSED));
        troubles.begin(paused ? State.PAUSED : State.VETOED, source.toString(), now.why());
    }

    /** How far a replica has received is another place each time. */
    private static boolean isSame(Evidence.Veto one, Evidence.Veto other) {
        return one.cause() == other.cause()
                && (one.cause() == Evidence.Cause.RECEIVER || one.why().equals(other.why()));
    }

    @Override
    public void revived() {
        log.warning("{} is not called dead: asked once more, as the evidence took long, it does not fail", source);
    }

    @Override
    public void dead(HealthState now, boolean sshReachable) {
        veto.ifPresent(v -> log.info("Nobody objects any more to calling {} dead", source));
        veto = Optional.empty();
        troubles.end(OF_A_SOURCE);
        log.warning("Master {} is not reachable from health checker!", source);
        log.warning("SSH is {}reachable.", sshReachable ? "" : "NOT ");
        show(Status.PING_FAILED);
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
        troubles.end(OF_A_SOURCE);
        log.warning("Master {} is dead for certain, no further checks are waited for:", source);
        evidence.forEach(clause -> log.warning("  {}", clause));
        show(Status.PING_FAILED);
    }

    @Override
    public void uncertain(List<String> against) {
        log.info("{} is not dead for certain, so failures are counted: {}", source, String.join("; ", against));
    }
}
