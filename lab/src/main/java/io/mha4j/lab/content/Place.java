package io.mha4j.lab.content;

import io.mha4j.lab.server.BinlogFormat;
import io.mha4j.lab.server.ServerKind;

/** Where content is written: some of it exists in some places only. */
record Place(ServerKind kind, boolean gtid, BinlogFormat format) {
    boolean mysql() {
        return !kind.isMariadb();
    }

    boolean mariadb() {
        return kind.isMariadb();
    }

    /** MySQL of this kind or newer. */
    boolean mysqlFrom(ServerKind first) {
        return mysql() && kind.compareTo(first) >= 0;
    }

    /** Whether changes are logged as rows for the most part. */
    boolean rows() {
        return format == BinlogFormat.ROW;
    }

    /** Whether the server forbids what could not be one transaction: MySQL does with GTIDs on. */
    boolean gtidConsistent() {
        return mysql() && gtid;
    }
}
