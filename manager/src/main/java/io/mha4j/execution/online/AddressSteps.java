package io.mha4j.execution.online;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.hooks.HookCall;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.IpOnlineChangeScript;
import io.mha4j.report.EventLog;
import java.time.Duration;

/**
 * Moves the writers' address by the operator's script. The script is that of the server which loses or gets the address;
 * where that has none, the other one's. Scripts of the way back are called with the roles the other way round.
 */
public final class AddressSteps {
    private static final String PARAMETER = "master_ip_online_change_script";

    private final OnlineFacts facts;
    private final HookRunner runner;
    private final EventLog log;
    private final Ticks ticks;
    private Duration spent = Duration.ZERO;

    public AddressSteps(OnlineFacts facts, HookRunner runner, EventLog log, Ticks ticks) {
        this.facts = facts;
        this.runner = runner;
        this.log = log;
        this.ticks = ticks;
    }

    /** The script ended badly. */
    static final class Failed extends MhaException {
        Failed(String sentence) {
            super(PARAMETER + " " + sentence);
        }
    }

    /** How long scripts have run so far. */
    Duration spent() {
        return spent;
    }

    void withdraw(OnlineStep.WithdrawAddress step) {
        ServerSettings from = facts.app().of(step.server());
        ServerSettings to = facts.app().of(step.successor());
        log.info("Executing master ip online change script to disable write on the current master:");
        call(script(from, to).stop(from, to), from);
    }

    void assign(OnlineStep.AssignAddress step) {
        ServerSettings from = facts.app().of(step.predecessor());
        ServerSettings to = facts.app().of(step.server());
        log.info("Executing master ip online change script to allow write on the new master:");
        call(script(to, from).start(from, to), to);
    }

    private IpOnlineChangeScript script(ServerSettings first, ServerSettings other) {
        String prefix = first.scripts()
                .ipOnlineChange()
                .or(other.scripts()::ipOnlineChange)
                .orElseThrow(() -> new IllegalStateException("no " + PARAMETER));
        return new IpOnlineChangeScript(prefix, facts.wishes().rejoin());
    }

    private void call(HookCall call, ServerSettings server) {
        log.info("  {}", call);
        long start = ticks.nanos();
        HookResult result = runner.run(call, Deadline.in(server.scripts().timeout(), ticks));
        spent = spent.plusNanos(ticks.nanos() - start);
        result.output().forEach(log::output);
        if (result.outcome() == HookResult.Outcome.FAILED) {
            throw new Failed(result.sentence());
        }
        if (result.outcome() == HookResult.Outcome.GO_ON) {
            log.warning("{} {}: not done, but the switch goes on as it says", PARAMETER, result.sentence());
        }
    }
}
