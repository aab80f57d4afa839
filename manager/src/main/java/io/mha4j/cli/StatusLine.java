package io.mha4j.cli;

import io.mha4j.cli.command.SystemTime;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.Status;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines of {@code masterha_check_status}, as MHA 0.58 prints them; scripts read them. */
final class StatusLine {
    private StatusLine() {}

    /** Ends with a line break, except for RETRYING_MONITOR, as in MHA. */
    static String of(String app, Status status, Optional<SeenStatus> seen, Optional<String> log) {
        String pid = seen.map(s -> Long.toString(s.pid())).orElse("?");
        String source = seen.flatMap(SeenStatus::source).orElse("(unknown)");
        return switch (status) {
            case PING_OK -> app + " (pid:" + pid + ") is running(" + status + "), master:" + source + "\n";
            case NOT_RUNNING -> app + " is stopped(" + status + ").\n";
            case PARTIALLY_RUNNING ->
                app + " main process is not running but has child processes (child pid: " + children(seen) + ")("
                        + status + ").\n";
            case INITIALIZING_MONITOR ->
                app + " monitoring program is now on initialization phase(" + status
                        + "). Wait for a while and try checking again.\n";
            case PING_FAILING, PING_FAILED ->
                app + " master maybe down(" + status + "). master:" + source + "\n" + hint(log);
            case RETRYING_MONITOR -> app + " master was alive again, waiting to monitor it again(" + status + ").";
            case CONFIG_ERROR -> app + " servers are not correctly configured(" + status + ").\n" + hint(log);
            case TIMESTAMP_OLD -> old(app, status, seen);
            case FAILOVER_RUNNING ->
                app + " master is down and failover is running(" + status + "). master:" + source + "\n" + hint(log);
            case FAILOVER_ERROR ->
                app + " master is down and failover was not successful(" + status + "). master:" + source + "\n"
                        + hint(log);
        };
    }

    private static String children(Optional<SeenStatus> seen) {
        return seen.map(s ->
                        s.process().children().stream().map(Object::toString).collect(Collectors.joining(",")))
                .orElse("");
    }

    private static String old(String app, Status status, Optional<SeenStatus> seen) {
        long behind = seen.map(s -> SystemTime.CLOCK.instant().getEpochSecond()
                        - s.modifiedAt().getEpochSecond())
                .orElse(0L);
        return app + " status file is " + behind + " seconds behind. The manager may be hanging.\n" + app
                + " monitoring program is not responding(" + status + ").\n";
    }

    private static String hint(Optional<String> log) {
        return log.map(file -> "Check " + file + " for details.\n").orElse("");
    }
}
