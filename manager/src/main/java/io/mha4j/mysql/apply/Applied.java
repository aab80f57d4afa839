package io.mha4j.mysql.apply;

import io.mha4j.binlog.BinlogPosition;
import java.util.Optional;

/**
 * What was applied.
 *
 * @param end          behind the last whole transaction, skipped ones included; absent if there was none
 * @param transactions whole transactions committed
 * @param skipped      whole transactions that the server had already
 * @param bytes        size of all events read
 * @param openAtEnd    whether the events ended inside a transaction, which was rolled back
 */
public record Applied(Optional<BinlogPosition> end, long transactions, long skipped, long bytes, boolean openAtEnd) {}
