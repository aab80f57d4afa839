package io.mha4j.archive;

import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.FormatDescription;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Walks the events of an archive in order. Format descriptions are not among them: {@link #format} tells the one in
 * force, and it may change where {@link #sourceFile} does. Holds little in memory however large an event is. Offsets are
 * those of the source's own files. Before the first {@link #advance} and after one that answered false there is no
 * current event, and asking for it is a bug. For one thread.
 *
 * <p>All methods throw {@link ArchiveException} when the files on disk cannot be read or are not what they were.
 */
public interface EventCursor extends AutoCloseable {
    /** Steps to the next event; false at the end, and then for ever. */
    boolean advance();

    /** The current event's header. */
    EventHeader header();

    /** The format description of the piece that the current event is in. */
    FormatDescription format();

    /** The source's binary log that the current event was written to. */
    String sourceFile();

    /**
     * Whether the source was started between the event before and the current one, and so rolled back what was open.
     * False where nothing of a transaction that it left open is among the events.
     */
    default boolean isBehindStart() {
        return false;
    }

    /** Offset of the current event in {@link #sourceFile}; may exceed 2^32. */
    long start();

    /** Offset behind the current event in {@link #sourceFile}; may exceed 2^32. */
    long end();

    /** The current event's first bytes, header included: at most {@code limit}, fewer if it is shorter. */
    byte[] head(int limit);

    /** The whole current event, checksum included. For events that are known to be small. */
    byte[] bytes();

    /**
     * Writes the whole current event, checksum included.
     *
     * @return bytes written
     * @throws IOException if {@code out} refuses them
     */
    long copyTo(OutputStream out) throws IOException;

    @Override
    void close();
}
