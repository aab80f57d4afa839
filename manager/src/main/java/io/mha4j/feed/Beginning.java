package io.mha4j.feed;

import io.mha4j.archive.EventCursor;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.FormatDescription;

/**
 * Where one replica begins.
 *
 * @param events on the first event to send; at the end if there is none. Closed by whoever has the beginning
 * @param any    whether there is one
 * @param at     its place, or the place behind everything
 * @param format the format description in force there
 * @param head   whether nothing that is sent stands before it in its file
 * @param choice which of the events behind it are sent too
 * @param anew   whether it is the beginning of a transaction for one that may have a part of it already
 */
record Beginning(
        EventCursor events,
        boolean any,
        BinlogPosition at,
        FormatDescription format,
        boolean head,
        Choice choice,
        boolean anew) {
    /** The same for one that asks by GTID: what it has of an unfinished transaction it must forget. */
    Beginning forGtids() {
        return new Beginning(events, any, at, format, head, choice, true);
    }
}
