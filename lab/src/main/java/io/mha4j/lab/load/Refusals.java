package io.mha4j.lab.load;

import java.sql.SQLException;
import java.util.Set;

/** Tells which errors prove that an insert did not happen. */
final class Refusals {
    /**
     * Error codes of MySQL and MariaDB raised before an autocommit insert changes anything: 1044, 1045, 1142 no right;
     * 1046, 1049, 1146 no such schema or table; 1205, 1213 lock; 1223 global read lock; 1290, 1836 read-only.
     */
    private static final Set<Integer> CODES = Set.of(1044, 1045, 1046, 1049, 1142, 1146, 1205, 1213, 1223, 1290, 1836);

    private Refusals() {}

    /** Whether nothing can have been written. Any other error, and silence above all, leaves it open. */
    static boolean proves(SQLException error) {
        return CODES.contains(error.getErrorCode());
    }
}
