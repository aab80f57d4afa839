package io.mha4j.execution;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.hooks.HookCall;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.IpFailoverScript;
import io.mha4j.hooks.Movers;
import io.mha4j.hooks.ShutdownScript;
import io.mha4j.hooks.VirtualAddress;
import io.mha4j.report.EventLog;
import java.util.Optional;

/**
 * Steps that an operator's script does. Scripts run at least once: a manager that died while one ran calls it again. Which
 * server's parameter counts is MHA's rule: the dead master's for taking away, the new master's for giving.
 */
public final class HookSteps {
    /** The one script whose status 10 tells of something done. */
    private static final String SHUTDOWN = "shutdown_script";

    private final FailoverFacts facts;
    private final Movers movers;
    private final EventLog log;
    private final Ticks ticks;
    private boolean withdrawn;
    private boolean strays;

    /**
     * Hooks of one run.
     *
     * @param facts the facts at its beginning
     */
    public HookSteps(FailoverFacts facts, Movers movers, EventLog log, Ticks ticks) {
        this.facts = facts;
        this.movers = movers;
        this.log = log;
        this.ticks = ticks;
    }

    /** Another than the dead source may have {@code vip}, which is given only where nobody answers by it, then. */
    public void expectStrayAddress() {
        strays = true;
    }

    StepResult withdrawAddress(Step.WithdrawAddress step) {
        ServerSettings old = facts.app().of(step.server());
        if (old.scripts().vip().isPresent()) {
            HookResult result = step.overSsh()
                    ? movers.vip(old).withdraw(Deadline.in(old.scripts().timeout(), ticks))
                    : VirtualAddress.outOfReach();
            withdrawn = result.outcome() == HookResult.Outcome.OK;
            return moved(old, "Taking it from ", result);
        }
        return call("master_ip_failover_script", old, old.scripts().ipFailover().map(p -> new IpFailoverScript(p)
                .stop(old, step.overSsh())));
    }

    StepResult shutDown(Step.ShutDown step) {
        ServerSettings old = facts.app().of(step.server());
        return call(SHUTDOWN, old, old.scripts().shutdown().map(p -> new ShutdownScript(p).stop(old, step.overSsh())));
    }

    StepResult assignAddress(Step.AssignAddress step) {
        ServerSettings old = facts.app().of(step.oldSource());
        ServerSettings next = facts.app().of(step.server());
        if (next.scripts().vip().isPresent()) {
            Deadline deadline = Deadline.in(next.scripts().timeout(), ticks);
            return moved(next, "Giving it to ", movers.vip(next).assign(withdrawn && !strays, deadline));
        }
        return call(
                "master_ip_failover_script", next, next.scripts().ipFailover().map(p -> new IpFailoverScript(p)
                        .start(old, facts.sshReachable(), next)));
    }

    /**
     * Gives the built-in address to one that may have lost it with its host's start; where it has it still, nothing changes. A script is
     * not called: it may do more than that.
     */
    void giveAddressAgain(ServerId server) {
        ServerSettings settings = facts.app().of(server);
        if (settings.scripts().vip().isPresent()) {
            Deadline deadline = Deadline.in(settings.scripts().timeout(), ticks);
            moved(settings, "Giving it once more to ", movers.vip(settings).assign(false, deadline));
        }
    }

    private StepResult moved(ServerSettings server, String doing, HookResult result) {
        log.info(
                "Virtual address {}: {}{}", server.scripts().vip().orElseThrow().vip(), doing, server.id());
        return told("vip", result);
    }

    private StepResult call(String parameter, ServerSettings server, Optional<HookCall> call) {
        if (call.isEmpty()) {
            log.warning("{} is not set", parameter);
            return StepResult.HookAnswer.NO_HOOK;
        }
        log.info("Executing {}:", parameter);
        log.info("  {}", call.get());
        return told(
                parameter,
                movers.scripts().run(call.get(), Deadline.in(server.scripts().timeout(), ticks)));
    }

    private StepResult told(String parameter, HookResult result) {
        result.output().forEach(log::output);
        if (result.outcome() == HookResult.Outcome.FAILED) {
            throw new HookException(parameter, result.sentence());
        }
        boolean goOn = result.outcome() == HookResult.Outcome.GO_ON;
        if (goOn && parameter.equals(SHUTDOWN)) {
            log.info("{} {}: as it says, the server is killed and its host is up", parameter, result.sentence());
        } else if (goOn) {
            log.error("{} {}: not done, but the failover goes on as it says", parameter, result.sentence());
        }
        return new StepResult.HookAnswer(goOn ? 10 : 0);
    }
}
