package io.mha4j.scenario;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All servers of a scenario, for words that mean one server on the line of another. */
record Cast(List<ServerLine> servers) {
    private static final Pattern NAMED = Pattern.compile("(^|,)([A-Za-z]\\w*):");

    /** Whom a replica follows unless its line says otherwise. */
    ServerLine firstSource() {
        return servers.stream()
                .filter(s -> s.role() == ServerLine.Role.SOURCE)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server is the source, so replicas need of="));
    }

    Optional<ServerLine> named(String name) {
        return servers.stream().filter(s -> s.id().section().equals(name)).findFirst();
    }

    /** {@code 0-1-100} where the server is a MariaDB, else {@code a:1-10} with names of servers for their UUIDs. */
    Gtids gtids(ServerLine line, String text) {
        if (line.version().isMariadb()) {
            return MariadbGtids.parse(text);
        }
        Matcher named = NAMED.matcher(text);
        return GtidSet.parse(named.replaceAll(m -> Matcher.quoteReplacement(m.group(1) + uuid(m.group(2)) + ":")));
    }

    /** The first ten transactions that were written on {@code origin}, in the dialect of {@code line}. */
    Gtids firstTen(ServerLine line, ServerLine origin) {
        return gtids(
                line,
                line.version().isMariadb()
                        ? "0-" + origin.serverId() + "-10"
                        : uuid(origin.id().section()) + ":1-10");
    }

    private String uuid(String name) {
        return named(name)
                .flatMap(ServerLine::uuid)
                .orElseThrow(() -> new IllegalArgumentException("no server with a UUID is called " + name));
    }

    /** {@code bin.000007:900}. */
    static BinlogPosition position(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(text + " is no position like bin.000007:900");
        }
        return new BinlogPosition(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }
}
