package io.mha4j.report;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a manager is doing, with MHA 0.58's numbers; the number is also the exit status of {@code masterha_check_status}.
 */
public enum Status {
    /** The last ping was fine. */
    PING_OK(0),
    /** No manager; never written. */
    NOT_RUNNING(2),
    /** The manager is gone but programs that it started are left; never written. */
    PARTIALLY_RUNNING(3),
    /** Start-up checks, until the first good ping. */
    INITIALIZING_MONITOR(10),
    /** At least one failed ping. */
    PING_FAILING(20),
    /** Decided that the source is unreachable; verifying. */
    PING_FAILED(21),
    /** The source proved alive; about to watch again. */
    RETRYING_MONITOR(30),
    /** Error exit, waiting as {@code --wait_on_monitor_error} asks. */
    CONFIG_ERROR(31),
    /** The last good ping is too long ago; never written. */
    TIMESTAMP_OLD(32),
    /** From the beginning of a failover. */
    FAILOVER_RUNNING(50),
    /** A failover did not succeed; waiting as {@code --wait_on_failover_error} asks. */
    FAILOVER_ERROR(51);

    private final int code;

    Status(int code) {
        this.code = code;
    }

    /** MHA's number. */
    public int code() {
        return code;
    }

    /** The status with this number. */
    public static Optional<Status> ofCode(int code) {
        return Stream.of(values()).filter(s -> s.code == code).findFirst();
    }

    /** As in the status file, for example {@code 0:PING_OK}. */
    @Override
    public String toString() {
        return code + ":" + name();
    }
}
