package io.mha4j.archive.place;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.remote.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The log files of one base name in a directory, in the order of their numbers, which is not that of their names beyond
 * 999999.
 */
public final class LogFiles {
    /** For one question, whatever the reading may take: a disk that hangs answers none, while its host still does. */
    static final Duration ASK = Duration.ofSeconds(10);

    private static final String DIGITS = "\\d{1,18}";

    private final Host host;
    private final String directory;
    private final String base;

    private LogFiles(Host host, String directory, String base) {
        this.host = host;
        this.directory = directory;
        this.base = base;
    }

    /**
     * Those that belong to {@code file}, in the first directory that holds it.
     *
     * @throws MissingLogException if none does
     */
    public static LogFiles holding(Host host, List<String> directories, String file, Deadline deadline) {
        return allHolding(host, directories, file, deadline).get(0);
    }

    /**
     * The same for each directory that holds it; at least one.
     *
     * @throws MissingLogException if none does, or this is the name of no log
     */
    public static List<LogFiles> allHolding(Host host, List<String> directories, String file, Deadline deadline) {
        String base = baseOf(file);
        List<String> looked = new ArrayList<>();
        List<LogFiles> found = new ArrayList<>();
        for (String directory : directories) {
            try {
                if (names(host, directory, deadline).contains(file)) {
                    found.add(new LogFiles(host, directory, base));
                }
                looked.add(directory);
            } catch (CommandException e) {
                looked.add(directory + " (" + e.getMessage() + ")");
            }
        }
        if (found.isEmpty()) {
            throw new MissingLogException(file + " is not on " + host.name() + " in " + String.join(", ", looked)
                    + "; it was purged, or master_binlog_dir does not name its directory");
        }
        return found;
    }

    private static String baseOf(String file) {
        int dot = file.lastIndexOf('.');
        if (dot < 0 || !file.substring(dot + 1).matches(DIGITS)) {
            throw new MissingLogException(
                    "'" + file + "' is the name of no log: that of one ends with a dot and digits");
        }
        return file.substring(0, dot);
    }

    /**
     * Names of everything in a directory, if its host answers soon.
     *
     * @throws CommandException if it cannot be read
     */
    public static List<String> names(Host host, String directory, Deadline deadline) {
        return host.listDirectory(directory, deadline.atMost(ASK));
    }

    /** Those whose names begin with {@code base} and a dot. */
    public static LogFiles named(Host host, String directory, String base) {
        return new LogFiles(host, directory, base);
    }

    /** All of them, by number. */
    public SortedMap<Long, String> all(Deadline deadline) {
        SortedMap<Long, String> found = new TreeMap<>();
        for (String name : names(host, directory, deadline)) {
            number(name).ifPresent(n -> found.put(n, name));
        }
        return found;
    }

    /** Those from {@code file} on. */
    public List<String> from(String file, Deadline deadline) {
        long first = number(file).orElseThrow(() -> new IllegalArgumentException(file + " is none of " + base));
        return List.copyOf(all(deadline).tailMap(first).values());
    }

    /**
     * The same, where all of them are needed.
     *
     * @throws MissingLogException if one is missing between
     */
    public List<String> unbroken(String file, Deadline deadline) {
        List<String> found = from(file, deadline);
        for (int i = 1; i < found.size(); i++) {
            requireNext(found.get(i - 1), found.get(i));
        }
        return found;
    }

    /**
     * The one after {@code file}; nothing if it is the last.
     *
     * @throws MissingLogException if one is missing between
     */
    public Optional<String> after(String file, Deadline deadline) {
        long number = number(file).orElseThrow(() -> new IllegalArgumentException(file + " is none of " + base));
        SortedMap<Long, String> later = all(deadline).tailMap(number + 1);
        if (later.isEmpty()) {
            return Optional.empty();
        }
        String next = later.values().iterator().next();
        requireNext(file, next);
        return Optional.of(next);
    }

    private void requireNext(String file, String next) {
        if (!number(next).equals(number(file).map(n -> n + 1))) {
            throw new MissingLogException("on " + host.name() + " " + directory + " goes on with " + next + " after "
                    + file + ": what is between them is missing");
        }
    }

    /** Absolute path of one of them. */
    public String path(String file) {
        return directory.endsWith("/") ? directory + file : directory + "/" + file;
    }

    /** Its size in bytes now. */
    public long size(String file, Deadline deadline) {
        return host.fileSize(path(file), deadline.atMost(ASK));
    }

    /** What their names begin with, before the dot. */
    String base() {
        return base;
    }

    /** Where they are. */
    public Host host() {
        return host;
    }

    private Optional<Long> number(String name) {
        String digits = name.startsWith(base + ".") ? name.substring(base.length() + 1) : "";
        return digits.matches(DIGITS) ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }
}
