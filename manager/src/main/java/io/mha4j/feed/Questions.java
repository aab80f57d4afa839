package io.mha4j.feed;

import io.mha4j.feed.Answer.Refused;
import io.mha4j.feed.Answer.Rows;
import java.time.InstantSource;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers the statements by which a replica gets to know its source. Each version asks others; what was never heard of
 * gets the answer of a server that does not know the variable, which every replica can live with.
 *
 * @param checksums whether the archive's first events end with checksums
 */
record Questions(FeedIdentity identity, boolean checksums, InstantSource clock) {
    private static final Pattern SHOW_VARIABLE =
            Pattern.compile("show\\s+(?:global\\s+)?variables\\s+like\\s+'([^']*)'.*", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("select\\s+(@@?)(?:global\\.)?(\\w+).*", Pattern.DOTALL);

    /** Takes in what a SET says and answers any statement. */
    Answer answer(String statement, Wishes wishes) {
        String text = statement.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("set")) {
            wishes.take(statement);
            return new Answer.Done();
        }
        Matcher shown = SHOW_VARIABLE.matcher(text);
        if (shown.matches()) {
            return shown(shown.group(1));
        }
        Matcher variable = VARIABLE.matcher(text);
        if (variable.matches()) {
            return variable.group(1).equals("@") ? userVariable(variable.group(2)) : variable(variable.group(2));
        }
        if (text.startsWith("select unix_timestamp")) {
            return Rows.value("UNIX_TIMESTAMP()", Long.toString(clock.instant().getEpochSecond()));
        }
        if (text.startsWith("select binlog_gtid_pos")) {
            // Nothing, so that MariaDB leaves its GTID position as it is: the applied events will move it.
            return Rows.value("binlog_gtid_pos", "");
        }
        return new Refused(1064, "42000", "This source answers replicas only");
    }

    /** Semi-sync without a row: a row that says OFF would still make MariaDB expect the longer event headers. */
    private Answer shown(String name) {
        return switch (name) {
            case "server_id" -> Rows.variable(name, Long.toString(identity.serverId()));
            case "server_uuid" -> Rows.variable(name, identity.serverUuid());
            default -> Rows.noVariable();
        };
    }

    private Answer variable(String name) {
        return switch (name) {
            case "server_id" -> Rows.value("@@GLOBAL.SERVER_ID", Long.toString(identity.serverId()));
            case "server_uuid" -> Rows.value("@@GLOBAL.SERVER_UUID", identity.serverUuid());
            case "gtid_domain_id" -> Rows.value("@@GLOBAL.gtid_domain_id", "0");
            case "gtid_mode" ->
                identity.gtidMode()
                        .<Answer>map(mode -> Rows.value("@@GLOBAL.GTID_MODE", mode))
                        .orElseGet(() -> unknown(name));
            default -> unknown(name);
        };
    }

    private Answer userVariable(String name) {
        return name.endsWith("_binlog_checksum") ? Rows.value("@" + name, checksums ? "CRC32" : "NONE") : unknown(name);
    }

    private static Refused unknown(String name) {
        return new Refused(1193, "HY000", "Unknown system variable '" + name + "'");
    }
}
