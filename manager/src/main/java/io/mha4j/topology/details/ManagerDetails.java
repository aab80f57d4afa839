package io.mha4j.topology.details;

import io.mha4j.topology.details.HostDetails.Disk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the manager's own host showed.
 *
 * @param workdirProblem why state cannot be written
 * @param workdir        the file system for state and rescued events
 * @param errorFlag      path of the flag of a failover that broke off, where there is one
 * @param lastFailover   age of the last complete failover, where it forbids the next
 * @param paused         the operator's order not to act, one clause
 * @param hooks          what became of each script
 */
public record ManagerDetails(
        Optional<String> workdirProblem,
        Disk workdir,
        Optional<String> errorFlag,
        Optional<Duration> lastFailover,
        Optional<String> paused,
        List<Hook> hooks) {
    public ManagerDetails {
        hooks = List.copyOf(hooks);
    }

    /**
     * A script that the configuration names, or could name.
     *
     * @param parameter its parameter
     * @param defined   whether it is set
     * @param problem   why it is not fit, in words that follow its name
     */
    public record Hook(String parameter, boolean defined, Optional<String> problem) {}
}
