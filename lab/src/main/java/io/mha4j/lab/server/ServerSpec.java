package io.mha4j.lab.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one server shall be.
 *
 * @param serverId distinct within a tree
 * @param host     loopback address to listen on and to report to sources
 * @param port     MySQL port
 * @param logging  binary log; absent: none
 * @param options  further options of its configuration file, winning over the lab's own; an empty value stands for an
 *                 option without one
 */
public record ServerSpec(int serverId, String host, int port, Optional<Logging> logging, Map<String, String> options) {
    public ServerSpec {
        options = Map.copyOf(options);
    }

    /**
     * How a server writes its binary log.
     *
     * @param gtid MySQL: global transaction identifiers on; MariaDB, which always has them: strict mode
     */
    public record Logging(BinlogFormat format, boolean gtid) {}

    /** The same with one more option. */
    public ServerSpec with(String option, String value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(option, value);
        return new ServerSpec(serverId, host, port, logging, more);
    }
}
