package io.mha4j.decision;

import java.util.Optional;

/**
 * What the command line asked of a failover.
 *
 * @param newSource            {@code --new_master_host} and port: only this replica may be promoted
 * @param repoint              false with {@code --skip_change_master}: replicas are left as they are
 * @param makeWritable         false with {@code --skip_disable_read_only}
 * @param awaitSync            {@code --wait_until_gtid_in_sync}: wait until each replica has executed what the new
 *                             source had when it was opened
 * @param saveTail             false with {@code --skip_save_master_binlog}: the old source's binary log is not read
 */
public record FailoverWishes(
        Optional<HostPort> newSource, boolean repoint, boolean makeWritable, boolean awaitSync, boolean saveTail) {
    public static final FailoverWishes DEFAULT = new FailoverWishes(Optional.empty(), true, true, true, true);

    /** The same, with only this replica to be promoted. */
    public FailoverWishes forcing(HostPort replica) {
        return new FailoverWishes(Optional.of(replica), repoint, makeWritable, awaitSync, saveTail);
    }

    /** A server as operators name it. */
    public record HostPort(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
