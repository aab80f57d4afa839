package io.mha4j.archive;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an archive lies and how its files are called: as MHA 0.58 calls a saved binary log.
 *
 * @param directory {@code manager_workdir}
 * @param host      the source as the configuration calls it
 * @param port      its port
 * @param time      when the failover began, as {@code yyyyMMddHHmmss}
 */
public record ArchiveName(Path directory, String host, int port, String time) {
    private static final String PREFIX = "saved_master_binlog_from_";
    private static final String DESCRIPTION = ".json";
    private static final Pattern FORM = Pattern.compile(PREFIX + "(.+)_(\\d{1,5})_(\\d{14})\\.json");

    public ArchiveName {
        if (host.isBlank() || host.indexOf('/') >= 0) {
            throw new IllegalArgumentException("'" + host + "' cannot be part of a file name");
        }
        if (!time.matches("\\d{14}")) {
            throw new IllegalArgumentException("'" + time + "' is no time as yyyyMMddHHmmss");
        }
    }

    /** The name that a description's file name holds; nothing if it is none. */
    static Optional<ArchiveName> of(Path description) {
        Matcher m = FORM.matcher(description.getFileName().toString());
        return m.matches()
                ? Optional.of(new ArchiveName(
                        description.resolveSibling(""), m.group(1), Integer.parseInt(m.group(2)), m.group(3)))
                : Optional.empty();
    }

    /** The description; written last. */
    public Path description() {
        return directory.resolve(stem() + DESCRIPTION);
    }

    /** The piece of this number, from 1; the first has MHA's name. */
    public Path piece(int number) {
        return directory.resolve(stem() + (number == 1 ? "" : "." + number) + ".binlog");
    }

    private String stem() {
        return PREFIX + host + "_" + port + "_" + time;
    }
}
