package io.mha4j.hooks;

import io.mha4j.config.ServerSettings;
import io.mha4j.remote.Host;
import java.util.function.Function;

/**
 * What moves the clients' address.
 *
 * @param scripts runs the operator's
 * @param hosts   where {@code vip} is moved without one
 */
public record Movers(HookRunner scripts, Function<ServerSettings, Host> hosts) {
    /** The address of a server that has {@code vip}. */
    public VirtualAddress vip(ServerSettings server) {
        return new VirtualAddress(
                server.scripts().vip().orElseThrow(), server.id().ip(), hosts.apply(server));
    }
}
