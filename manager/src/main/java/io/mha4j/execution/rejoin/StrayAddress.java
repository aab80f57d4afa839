package io.mha4j.execution.rejoin;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.VirtualAddress;
import io.mha4j.remote.Host;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The clients' address at the host of a former source: a failover that could not reach the host left it there, and two hosts have
 * it when the network is whole again.
 */
public final class StrayAddress {
    /** Of each host: one that is silent takes no time from the others. */
    private static final Duration ANNOUNCING = Duration.ofSeconds(3);

    private StrayAddress() {}

    /**
     * Takes it off there; answers why it may still be there, a clause. Nothing is done without {@code vip}, or where another server
     * runs on the same host, since that may be the one to have it.
     *
     * @param old     a former source, which is closed for writers, beside another one that is open
     * @param servers all that are configured
     */
    public static Optional<String> takeOff(
            ServerSettings old,
            List<ServerSettings> servers,
            Function<ServerSettings, Host> hosts,
            EventLog log,
            Deadline deadline) {
        Optional<ServerSettings.MovedAddress> vip = old.scripts().vip();
        if (vip.isEmpty()) {
            return Optional.empty();
        }
        if (servers.stream().anyMatch(server -> isBeside(old, server))) {
            log.info(
                    "The virtual address {} is left where it is: {} shares its host with another server",
                    vip.get().vip(),
                    old.id());
            return Optional.empty();
        }
        log.info("Virtual address {}: Taking it from {}", vip.get().vip(), old.id());
        HookResult result = new VirtualAddress(vip.get(), old.id().ip(), hosts.apply(old)).withdraw(deadline);
        result.output().forEach(log::output);
        if (VirtualAddress.wasThere(result)) {
            announceElsewhere(old, servers, hosts, log, deadline.ticks());
        }
        return result.outcome() == HookResult.Outcome.OK ? Optional.empty() : Optional.of(result.sentence());
    }

    /** Neighbours may have learnt that the former source's host has it. */
    private static void announceElsewhere(
            ServerSettings old,
            List<ServerSettings> servers,
            Function<ServerSettings, Host> hosts,
            EventLog log,
            Ticks ticks) {
        for (ServerSettings server : servers) {
            Optional<ServerSettings.MovedAddress> vip = server.scripts().vip();
            if (vip.isEmpty() || server.id().isCalledAs(old.id())) {
                continue;
            }
            HookResult told = new VirtualAddress(vip.get(), server.id().ip(), hosts.apply(server))
                    .announce(Deadline.in(ANNOUNCING, ticks));
            if (told.outcome() == HookResult.Outcome.OK) {
                log.info("Virtual address {}: Announced again by {}", vip.get().vip(), server.id());
                told.output().forEach(log::output);
                return;
            }
        }
        log.warning("Nobody announced the virtual address again; clients may go to {} until they ask anew", old.id());
    }

    private static boolean isBeside(ServerSettings old, ServerSettings server) {
        return !server.id().isCalledAs(old.id())
                && server.id().ip().equals(old.id().ip());
    }
}
