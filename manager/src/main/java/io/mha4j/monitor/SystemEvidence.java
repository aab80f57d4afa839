package io.mha4j.monitor;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.HealthState;
import io.mha4j.hooks.HookCall;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.SecondaryCheckScript;
import io.mha4j.remote.Host;
import io.mha4j.report.EventLog;
import io.mha4j.report.PauseFile;
import io.mha4j.report.ReportException;
import java.util.List;
import java.util.Optional;

/** Asks the operator's secondary check, and the source's host over SSH. */
public final class SystemEvidence implements Evidence {
    private final ServerSettings source;
    private final HookRunner hooks;
    private final Host host;
    private final EventLog log;
    private final Ticks ticks;
    private final PauseFile pause;
    private final HostSilence silence;
    private final SshDoubt ssh;
    /** Silences of the source that are past. */
    private long past;
    /** What the secondary check said last about this silence of the source; it is asked again and again while it vetoes. */
    private Optional<HookResult> told = Optional.empty();

    /**
     * Evidence about one source.
     *
     * @param pause the operator's order not to act; asked at the decision, like everything else
     * @param host  the source's host
     */
    public SystemEvidence(
            ServerSettings source, PauseFile pause, HookRunner hooks, SourceHost host, EventLog log, Ticks ticks) {
        this.pause = pause;
        this.source = source;
        this.hooks = hooks;
        this.host = host.ssh();
        this.log = log;
        this.ticks = ticks;
        this.silence = new HostSilence(host.knock(), ticks);
        this.ssh = new SshDoubt(this::unreached, silence::length, source.ssh().connectionTimeout(), ticks);
    }

    @Override
    public synchronized void answered() {
        past++;
        told = Optional.empty();
    }

    @Override
    public void refused() {
        silence.broken();
    }

    @Override
    public void failing(HealthState now) {
        // Everything else is asked at the decision.
        silence.failing(now.failures());
        ssh.failing(now.failures());
    }

    @Override
    public Veto secondOpinion() {
        Optional<String> paused = paused();
        if (paused.isPresent()) {
            String why = paused.get() + "; otherwise a failover would begin unless secondary_check_script forbids it";
            return new Veto(true, why, Cause.PAUSED);
        }
        return routes();
    }

    /** The secondary check alone, whether the manager is paused or not; may be asked by several threads. */
    public Veto routes() {
        if (source.watching().secondaryCheck().isEmpty()) {
            return new Veto(false, "no secondary_check_script is set");
        }
        HookCall call =
                new SecondaryCheckScript(source.watching().secondaryCheck().get()).ask(source);
        long about = begun(call);
        HookResult result = hooks.run(call, Deadline.in(source.scripts().timeout(), ticks));
        ended(result, about);
        boolean confirmed = result.outcome() == HookResult.Outcome.OK;
        return new Veto(!confirmed, "secondary_check_script " + result.sentence());
    }

    /** Answers which silence of the source it is about. */
    private synchronized long begun(HookCall call) {
        if (told.isEmpty()) {
            log.info("Executing secondary network check script: {}", call);
        }
        return past;
    }

    /** One that comes when the source has answered is no answer about its next silence. */
    private synchronized void ended(HookResult result, long about) {
        if (about != past || told.filter(result::equals).isEmpty()) {
            result.output().forEach(log::output);
        }
        if (about == past) {
            told = Optional.of(result);
        }
    }

    /** The order not to act, as a clause; an order that cannot be read is one. */
    public Optional<String> paused() {
        try {
            return pause.now().map(PauseFile.Pause::clause);
        } catch (ReportException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public boolean sshReachable() {
        Optional<String> why = ssh.unreachable();
        why.ifPresent(reason -> log.warning("HealthCheck: SSH to {} is NOT reachable: {}", host.name(), reason));
        return why.isEmpty();
    }

    private Optional<String> unreached() {
        try {
            Deadline limit = Deadline.in(source.ssh().connectionTimeout(), ticks);
            return host.run(List.of("true"), limit).succeeded() ? Optional.empty() : Optional.of("it runs no commands");
        } catch (CommandException e) {
            return Optional.of(e.getMessage());
        }
    }
}
