package io.mha4j.execution.online;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.hooks.HookCall;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.IpOnlineChangeScript;
import io.mha4j.hooks.Movers;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Moves the writers' address by the operator's script. The script is that of the server which loses or gets the address;
 * where that has none, the other one's. Scripts of the way back are called with the roles the other way round.
 */
public final class AddressSteps {
    private static final String PARAMETER = "master_ip_online_change_script";

    private final OnlineFacts facts;
    private final Movers movers;
    private final EventLog log;
    private final Ticks ticks;
    private Duration spent = Duration.ZERO;
    /** Whether the last host that may have had the address is known to have given it up. */
    private boolean alone;

    public AddressSteps(OnlineFacts facts, Movers movers, EventLog log, Ticks ticks) {
        this.facts = facts;
        this.movers = movers;
        this.log = log;
        this.ticks = ticks;
    }

    /** The script ended badly. */
    static final class Failed extends MhaException {
        Failed(String what, String sentence) {
            super(what + " " + sentence);
        }
    }

    /** How long scripts have run so far. */
    Duration spent() {
        return spent;
    }

    void withdraw(OnlineStep.WithdrawAddress step) {
        ServerSettings from = facts.app().of(step.server());
        ServerSettings to = facts.app().of(step.successor());
        if (from.scripts().vip().isPresent()) {
            log.info("Taking the virtual address from the current master:");
            alone = false;
            told("vip", taken(from));
            alone = true;
            return;
        }
        log.info("Executing master ip online change script to disable write on the current master:");
        call(script(from, to).stop(from, to), from);
    }

    void assign(OnlineStep.AssignAddress step) {
        ServerSettings from = facts.app().of(step.predecessor());
        ServerSettings to = facts.app().of(step.server());
        if (to.scripts().vip().isPresent()) {
            log.info("Giving the virtual address to the new master:");
            told("vip", timed(() -> movers.vip(to).assign(alone, limit(to))));
            return;
        }
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
        told(PARAMETER, timed(() -> movers.scripts().run(call, limit(server))));
    }

    /** Connects to the hosts where an address will be moved without a script, before anything waits for that. */
    public void prepare(ServerId from, ServerId to) {
        for (ServerId server : List.of(from, to)) {
            ServerSettings settings = facts.app().of(server);
            if (settings.scripts().vip().isPresent()) {
                movers.vip(settings).reach(limit(settings));
            }
        }
    }

    /** A living master that may keep it must not lose its clients to nobody. */
    private HookResult taken(ServerSettings from) {
        HookResult result = timed(() -> movers.vip(from).withdraw(limit(from)));
        return result.outcome() == HookResult.Outcome.GO_ON
                ? new HookResult(HookResult.Outcome.FAILED, result.sentence(), result.output())
                : result;
    }

    private Deadline limit(ServerSettings server) {
        return Deadline.in(server.scripts().timeout(), ticks);
    }

    private HookResult timed(Supplier<HookResult> work) {
        long start = ticks.nanos();
        try {
            return work.get();
        } finally {
            spent = spent.plusNanos(ticks.nanos() - start);
        }
    }

    private void told(String what, HookResult result) {
        result.output().forEach(log::output);
        if (result.outcome() == HookResult.Outcome.FAILED) {
            throw new Failed(what, result.sentence());
        }
        if (result.outcome() == HookResult.Outcome.GO_ON) {
            log.warning("{} {}: not done, but the switch goes on as it says", what, result.sentence());
        }
    }
}
