package io.mha4j.archive;

import io.mha4j.binlog.EventHeader;

/**
 * Tells how far into the source's file an event reaches. Its header says only the low 32 bits; events of one file follow
 * each other, so the rest is known.
 */
final class SourceOffset {
    private static final long WRAP = 1L << 32;

    private SourceOffset() {}

    /**
     * Offset behind an event.
     *
     * @param before offset behind the event before it, or where its piece starts
     */
    static long behind(EventHeader event, long before) {
        long least = before + event.length();
        long end = least - Math.floorMod(least, WRAP) + event.end();
        return end >= least ? end : end + WRAP;
    }
}
