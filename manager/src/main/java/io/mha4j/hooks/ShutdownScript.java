package io.mha4j.hooks;

import io.mha4j.config.ServerSettings;

/**
 * {@code shutdown_script}: makes sure that the old source takes no more writes, by killing it or by power-off. Arguments
 * and their order are those of MHA 0.58 (MasterMonitor, MasterFailover).
 *
 * @param prefix the parameter's value
 */
public record ShutdownScript(String prefix) {
    /** Asks the script whether it is fit to work; anything but exit status 0 forbids to start watching. */
    public HookCall status(ServerSettings source) {
        return new Arguments()
                .add("--command", "status")
                .add("--ssh_user", source.ssh().user())
                .add("--host", source.id().host())
                .add("--ip", source.id().ip())
                .sshAddress("", source)
                .sshOptions(source, true)
                .call(prefix, false);
    }

    /**
     * Shuts the dead source off: command {@code stopssh} if its host can be reached, {@code stop} otherwise. Exit status
     * 0: the host is off. Exit status 10: the server is killed, the host is still up.
     */
    public HookCall stop(ServerSettings oldSource, boolean sshReachable) {
        Arguments arguments = new Arguments();
        if (sshReachable) {
            arguments
                    .add("--command", "stopssh")
                    .add("--ssh_user", oldSource.ssh().user());
        } else {
            arguments.add("--command", "stop");
        }
        arguments
                .add("--host", oldSource.id().host())
                .add("--ip", oldSource.id().ip())
                .add("--port", oldSource.id().port());
        oldSource.paths().pidFile().ifPresent(file -> arguments.add("--pid_file", file));
        return arguments
                .sshAddress("", oldSource)
                .sshOptions(oldSource, sshReachable)
                .call(prefix, true);
    }
}
