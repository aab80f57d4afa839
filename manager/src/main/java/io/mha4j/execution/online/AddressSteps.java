package io.mha4j.execution.online;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.execution.SideBySide;
import io.mha4j.hooks.HookCall;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.IpOnlineChangeScript;
import io.mha4j.hooks.Movers;
import io.mha4j.hooks.VirtualAddress;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Moves the writers' address by the operator's script. The script is that of the server which loses or gets the address;
 * where that has none, the other one's. Scripts of the way back are called with the roles the other way round.
 */
public final class AddressSteps {
    private static final String PARAMETER = "master_ip_online_change_script";
    /** Clients of a dead source wait for no host that may be dead too. */
    private static final Duration BEFORE_FAILOVER = Duration.ofSeconds(10);

    private final OnlineFacts facts;
    private final Movers movers;
    private final EventLog log;
    private final Ticks ticks;
    private final Map<ServerId, VirtualAddress> addresses = new ConcurrentHashMap<>();
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
        call(script(from, to).stop(from, to), limit(from));
    }

    void assign(OnlineStep.AssignAddress step) {
        ServerSettings from = facts.app().of(step.predecessor());
        ServerSettings to = facts.app().of(step.server());
        if (to.scripts().vip().isPresent()) {
            log.info("Giving the virtual address to the new master:");
            told("vip", timed(() -> address(to).assign(alone, limit(to))));
            return;
        }
        log.info("Executing master ip online change script to allow write on the new master:");
        call(script(to, from).start(from, to), limit(to));
    }

    /** Nobody else is asked for it: the only one who may have it loses it here. */
    void move(OnlineStep.MoveAddress step) {
        ServerSettings from = facts.app().of(step.predecessor());
        ServerSettings to = facts.app().of(step.server());
        log.info("Giving the virtual address to {}:", to.id());
        HookResult given = timed(() -> address(to).assign(true, limit(to)));
        told("vip", given);
        log.info("Taking the virtual address from {}:", from.id());
        told("vip", taken(from));
        if (VirtualAddress.wasThereBefore(given)) {
            // Both servers may be on one host, which has just lost it.
            told("vip", timed(() -> address(to).assign(true, limit(to))));
        }
    }

    private IpOnlineChangeScript script(ServerSettings first, ServerSettings other) {
        return Stream.of(first, other)
                .map(ServerSettings::scripts)
                .flatMap(scripts -> scripts.ipOnlineChange().stream()
                        .map(prefix ->
                                new IpOnlineChangeScript(prefix, facts.wishes().rejoin(), scripts.secrets())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + PARAMETER));
    }

    private void call(HookCall call, Deadline limit) {
        log.info("  {}", call);
        told(PARAMETER, timed(() -> movers.scripts().run(call, limit)));
    }

    /**
     * Takes the address from one that a switch given up for a failover may have given it. Answers false where it may have {@code vip}
     * yet; what a script does nobody can look at.
     *
     * @param byScript whether a script may have given it there
     */
    public boolean takeBack(ServerId server, ServerId deadSource, boolean byScript) {
        ServerSettings from = facts.app().of(server);
        ServerSettings to = facts.app().of(deadSource);
        if (from.scripts().vip().isPresent()) {
            log.info("Taking the virtual address from {}, which may have got it:", server);
            HookResult result = address(from).withdraw(limit(from).atMost(BEFORE_FAILOVER));
            result.output().forEach(log::output);
            if (result.outcome() != HookResult.Outcome.OK) {
                log.error("{}: it is not known to be gone from there: {}", server, result.sentence());
            }
            return result.outcome() == HookResult.Outcome.OK;
        }
        boolean scripted =
                Stream.of(from, to).anyMatch(s -> s.scripts().ipOnlineChange().isPresent());
        if (byScript && scripted) {
            log.info("Executing master ip online change script for {}, which may have got the address:", server);
            try {
                call(script(from, to).stop(from, to), limit(from).atMost(BEFORE_FAILOVER));
            } catch (Failed e) {
                log.error("{}; {} may still have the writers' address", e.getMessage(), server);
            }
        }
        return true;
    }

    /**
     * Connects to the hosts where an address will be moved without a script and looks around, before anything waits for that.
     *
     * @throws CommandException if the address could not be moved, or is at none of them: nobody would be asked for it any more
     */
    public void prepare(ServerId from, ServerId to) {
        List<Callable<Boolean>> work = Stream.of(from, to)
                .map(facts.app()::of)
                .filter(server -> server.scripts().vip().isPresent())
                .<Callable<Boolean>>map(server -> () -> address(server).look(limit(server)))
                .toList();
        boolean held = SideBySide.run("switch-address", work).contains(true);
        facts.app().of(from).scripts().vip().filter(v -> !held).ifPresent(v -> {
            throw new CommandException(
                    "vip %s is at neither of %s and %s; if no other host has it, give it to the master's, or leave vip out"
                            .formatted(v.vip(), from, to));
        });
    }

    /** A living master that may keep it must not lose its clients to nobody. */
    private HookResult taken(ServerSettings from) {
        HookResult result = timed(() -> address(from).withdraw(limit(from)));
        return result.outcome() == HookResult.Outcome.GO_ON
                ? new HookResult(HookResult.Outcome.FAILED, result.sentence(), result.output())
                : result;
    }

    private VirtualAddress address(ServerSettings server) {
        return addresses.computeIfAbsent(server.id(), id -> movers.vip(server));
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
