package io.mha4j.mysql.details;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.Row;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a server that answers takes no writes, in an operator's words. */
public final class WriteFailure {
    /** ER_OPTION_PREVENTS_STATEMENT; the option is in the text. */
    private static final int OPTION_PREVENTS = 1290;
    /** ER_READ_ONLY_MODE. */
    private static final int READ_ONLY_MODE = 1836;
    /** ER_DISK_FULL. */
    private static final int DISK_FULL = 1021;
    /** ER_RECORD_FILE_FULL; InnoDB says so when its file system is full, too. */
    private static final int TABLE_FULL = 1114;

    private static final Sql READ_ONLY = Sql.of("SELECT @@global.read_only");

    /** The operating system's numbers, in the forms of the servers' messages: ENOSPC, EROFS. */
    private static final Pattern NO_SPACE = Pattern.compile("(errno:?|errcode:?|got error:?) *28\\b|no space left");

    private static final Pattern READ_ONLY_FILES =
            Pattern.compile("(errno:?|errcode:?|got error:?) *30\\b|read-only file system");

    private WriteFailure() {}

    /** What a refused write shows; empty where the server did not answer, or only our account may not write. */
    public static Optional<String> of(MysqlException refused) {
        return switch (refused.kind()) {
            case STATEMENT -> Optional.of(words(refused.errorCode(), refused.why()));
            case PRIVILEGE, REFUSING, UNREACHABLE, REPLICATION, OUTCOME -> Optional.empty();
        };
    }

    /** Whether ordinary accounts may not write; one that may set the variable is not held back by it. */
    public static boolean isReadOnly(ServerSession session, Deadline deadline) {
        return session.value(READ_ONLY, deadline).filter(Row::isOn).isPresent();
    }

    static String words(int code, String text) {
        return name(code, text.toLowerCase(Locale.ROOT))
                        .map(name -> name + ": ")
                        .orElse("")
                + text;
    }

    private static Optional<String> name(int code, String text) {
        if (code == OPTION_PREVENTS && text.contains("super-read-only")) {
            return Optional.of("super_read_only was set");
        }
        if (code == OPTION_PREVENTS && text.contains("--read-only")) {
            return Optional.of("read_only was set");
        }
        if (code == READ_ONLY_MODE) {
            return Optional.of("the server runs in read-only mode");
        }
        if (code == DISK_FULL || NO_SPACE.matcher(text).find()) {
            return Optional.of("a disk is full");
        }
        if (READ_ONLY_FILES.matcher(text).find()) {
            return Optional.of("a file system is read-only");
        }
        return code == TABLE_FULL ? Optional.of("the table, or the disk that it is on, is full") : Optional.empty();
    }

    /** What the statement of another connection of ours waits for, in the server's own words. */
    public static String waiting(ServerSession session, long connection, Deadline deadline) {
        String state = session.value(
                        Sql.of("SELECT STATE FROM information_schema.PROCESSLIST WHERE ID=" + connection), deadline)
                .filter(text -> !text.isBlank())
                .orElse("the server does not say for what");
        return "a write waits: " + state;
    }
}
