package io.mha4j.mysql.online;

import io.mha4j.base.Deadline;
import io.mha4j.mysql.Row;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import java.util.List;

/** Both sides of semi-synchronous replication, under whichever names the server's plugins have. */
public final class SemiSyncRoles {
    private static final Sql NAMES = Sql.of(
            "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('rpl_semi_sync_master_enabled',"
                    + " 'rpl_semi_sync_source_enabled', 'rpl_semi_sync_slave_enabled', 'rpl_semi_sync_replica_enabled')");

    private final ServerSession session;

    public SemiSyncRoles(ServerSession session) {
        this.session = session;
    }

    /** Whether commits wait for an acknowledgement. */
    public void source(boolean on, Deadline deadline) {
        set(List.of("rpl_semi_sync_source_enabled", "rpl_semi_sync_master_enabled"), on, deadline);
    }

    /** Whether this server acknowledges, from its next connection to a source on. */
    public void replica(boolean on, Deadline deadline) {
        set(List.of("rpl_semi_sync_replica_enabled", "rpl_semi_sync_slave_enabled"), on, deadline);
    }

    /** Sets what differs only: to put back what was refused asks for no privilege. */
    private void set(List<String> names, boolean on, Deadline deadline) {
        session.query(NAMES, deadline).stream()
                .filter(row -> Row.isOn(row.textOrEmpty("Value")) != on)
                .map(row -> row.textOrEmpty("Variable_name"))
                .filter(names::contains)
                .forEach(name -> session.execute(Sql.of("SET GLOBAL " + name + "=" + (on ? "ON" : "OFF")), deadline));
    }
}
