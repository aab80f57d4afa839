package io.mha4j.mysql.apply;

import io.mha4j.binlog.BinlogPosition;
import java.util.List;
import java.util.Optional;

/**
 * What was applied.
 *
 * @param end          behind the last whole transaction, skipped ones included; absent if there was none
 * @param transactions whole transactions committed
 * @param skipped      whole transactions that the server had already
 * @param bytes        size of all events read
 * @param openAtEnd    whether the events ended inside a transaction, which was rolled back
 * @param leftChanged settings of the whole server that could not be put back, one sentence each
 */
public record Applied(
        Optional<BinlogPosition> end,
        long transactions,
        long skipped,
        long bytes,
        boolean openAtEnd,
        List<String> leftChanged) {
    public Applied {
        leftChanged = List.copyOf(leftChanged);
    }

    /** The same of a server on which these settings could not be put back. */
    Applied leaving(List<String> settings) {
        return new Applied(end, transactions, skipped, bytes, openAtEnd, settings);
    }
}
