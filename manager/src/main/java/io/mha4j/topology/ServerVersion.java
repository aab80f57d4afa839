package io.mha4j.topology;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code SELECT VERSION()} said; ordered by number within a flavour. Extra text after the numbers is tolerated. */
public record ServerVersion(Flavour flavour, int major, int minor, int patch, String text)
        implements Comparable<ServerVersion> {
    /** Who builds the server; Percona Server counts as MySQL. */
    public enum Flavour {
        MYSQL,
        MARIADB
    }

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");

    /**
     * Reads for example {@code 8.0.15}, {@code 5.7.22-ndb-7.6.6}, {@code 10.11.19-MariaDB-0+deb12u1-log} or
     * {@code 5.5.5-10.2.8-MariaDB} (the prefix that MariaDB shows to replicas).
     *
     * @throws IllegalArgumentException if it does not start with a number
     */
    public static ServerVersion parse(String text) {
        Flavour flavour = text.toLowerCase(Locale.ROOT).contains("mariadb") ? Flavour.MARIADB : Flavour.MYSQL;
        String plain = flavour == Flavour.MARIADB && text.matches("5\\.5\\.5-\\d.*") ? text.substring(6) : text;
        Matcher numbers = NUMBERS.matcher(plain);
        if (!numbers.lookingAt()) {
            throw new IllegalArgumentException("server version '" + text + "' does not start with a number");
        }
        int patch = numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3));
        return new ServerVersion(
                flavour, Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)), patch, text);
    }

    public boolean isMariadb() {
        return flavour == Flavour.MARIADB;
    }

    /** Whether this is no older than the oldest that servers are managed with. */
    public boolean isSupported() {
        return isMariadbFrom(10, 0, 0) || isMysqlFrom(5, 5, 0);
    }

    /** Says that this is older than {@link #isSupported() supported}. */
    public String tooOld() {
        return "version %s; older than %s is not supported".formatted(text, isMariadb() ? "MariaDB 10.0" : "MySQL 5.5");
    }

    /** Whether this is MySQL of at least this version. */
    public boolean isMysqlFrom(int major, int minor, int patch) {
        return !isMariadb() && isFrom(major, minor, patch);
    }

    /** Whether this is MariaDB of at least this version. */
    public boolean isMariadbFrom(int major, int minor, int patch) {
        return isMariadb() && isFrom(major, minor, patch);
    }

    private boolean isFrom(int major, int minor, int patch) {
        return compareTo(new ServerVersion(flavour, major, minor, patch, "")) >= 0;
    }

    /** Compares release series only ({@code 8.0}), as replication's rule for versions does. */
    public int compareSeries(ServerVersion other) {
        int byMajor = Integer.compare(major, other.major);
        return byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
    }

    @Override
    public int compareTo(ServerVersion other) {
        int byFlavour = flavour.compareTo(other.flavour);
        int bySeries = byFlavour != 0 ? byFlavour : compareSeries(other);
        return bySeries != 0 ? bySeries : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return text;
    }
}
