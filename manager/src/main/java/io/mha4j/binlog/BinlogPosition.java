package io.mha4j.binlog;

/**
 * A place in a source's binary log; the natural order is the order of writing.
 *
 * @param file   base name with its numeric suffix, for example {@code bin.000007}
 * @param offset bytes from the start of the file; at least 4 (the magic number comes first), may exceed 2^31
 */
public record BinlogPosition(String file, long offset) implements Comparable<BinlogPosition> {
    public BinlogPosition {
        if (offset < 4) {
            throw new IllegalArgumentException("offset " + offset + " in " + file + " is before the first event");
        }
        if (!file.matches(".*\\.\\d+")) {
            throw new IllegalArgumentException("binary log " + file + " has no numeric suffix");
        }
    }

    /** Compares suffixes as numbers: {@code bin.999999} comes before {@code bin.1000000}. */
    @Override
    public int compareTo(BinlogPosition o) {
        int byFile = Long.compare(suffix(), o.suffix());
        if (byFile != 0) {
            return byFile;
        }
        int byOffset = Long.compare(offset, o.offset);
        return byOffset != 0 ? byOffset : file.compareTo(o.file);
    }

    /** Whether nothing was written between this place and {@code other}. */
    public boolean isAtOrAfter(BinlogPosition other) {
        return compareTo(other) >= 0;
    }

    /** How many files later this place is: 0 in the same file, negative in an earlier one, 0 also where files are named otherwise. */
    public long filesAfter(BinlogPosition other) {
        return base().equals(other.base()) ? suffix() - other.suffix() : 0;
    }

    /** The file's name without its number. */
    public String base() {
        return file.substring(0, file.lastIndexOf('.'));
    }

    private long suffix() {
        return Long.parseLong(file.substring(file.lastIndexOf('.') + 1));
    }

    /** As every record's; written out for the reason that {@link io.mha4j.base.ServerId} gives. */
    @Override
    public boolean equals(Object other) {
        return other instanceof BinlogPosition place && offset == place.offset && file.equals(place.file);
    }

    @Override
    public int hashCode() {
        return 31 * file.hashCode() + Long.hashCode(offset);
    }

    @Override
    public String toString() {
        return file + ":" + offset;
    }
}
