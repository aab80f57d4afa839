package io.mha4j.feed;

import io.mha4j.binlog.MariadbGtids;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a replica has said before it asks for events: its {@code SET @name = value} statements. For one thread. */
final class Wishes {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("@([a-z_]\\w*)\\s*:?=\\s*('(?:[^'\\\\]|''|\\\\.)*'|[^,]*)", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> values = new HashMap<>();

    /** Takes in every user variable that the statement sets. */
    void take(String set) {
        Matcher found = ASSIGNMENT.matcher(set);
        while (found.find()) {
            values.put(
                    found.group(1).toLowerCase(Locale.ROOT), bare(found.group(2).strip()));
        }
    }

    private static String bare(String value) {
        return value.length() >= 2 && value.startsWith("'") ? value.substring(1, value.length() - 1) : value;
    }

    /** Time without events after which it wants a sign of life; empty: it wants none. */
    Optional<Duration> heartbeat() throws ProtocolException {
        try {
            return said("source_heartbeat_period", "master_heartbeat_period")
                    .map(Long::parseLong)
                    .filter(nanos -> nanos > 0)
                    .map(Duration::ofNanos);
        } catch (NumberFormatException e) {
            throw new ProtocolException("it asked for a heartbeat period that is no number");
        }
    }

    /** Whether it can read events that end with a checksum. */
    boolean knowsChecksums() {
        return said("source_binlog_checksum", "master_binlog_checksum").isPresent();
    }

    boolean isMariadb() {
        return said("mariadb_slave_capability").isPresent();
    }

    /** What a MariaDB replica has that positions by GTID; empty for every other replica. */
    Optional<MariadbGtids> mariadbState() throws ProtocolException {
        try {
            return said("slave_connect_state").map(MariadbGtids::parse);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("it says where it is in words that are no GTID position");
        }
    }

    private Optional<String> said(String... names) {
        for (String name : names) {
            String value = values.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
