package io.mha4j.hooks;

import io.mha4j.config.ServerSettings;

/**
 * {@code master_ip_failover_script}: moves the address that clients use. Arguments and their order are those of MHA 0.58
 * (MasterMonitor, MasterFailover).
 *
 * @param prefix the parameter's value
 */
public record IpFailoverScript(String prefix) {
    /** Asks the script whether it is fit to work; anything but exit status 0 forbids to start watching. */
    public HookCall status(ServerSettings source) {
        return new Arguments()
                .add("--command", "status")
                .add("--ssh_user", source.ssh().user())
                .address("orig_master", source)
                .sshAddress("orig_master_", source)
                .sshOptions(source, true)
                .call(prefix, false);
    }

    /**
     * Takes the address away from the dead source: command {@code stopssh} if its host can be reached, {@code stop}
     * otherwise. Exit status 10: not done, go on.
     */
    public HookCall stop(ServerSettings oldSource, boolean sshReachable) {
        Arguments arguments = new Arguments().address("orig_master", oldSource);
        if (sshReachable) {
            arguments
                    .add("--command", "stopssh")
                    .add("--ssh_user", oldSource.ssh().user());
        } else {
            arguments.add("--command", "stop");
        }
        return arguments
                .sshAddress("orig_master_", oldSource)
                .sshOptions(oldSource, sshReachable)
                .call(prefix, true);
    }

    /**
     * Gives the address to the new source and opens it for clients. Carries the administrative account, as the contract
     * demands; scripts use it to switch {@code read_only} off. Exit status 10: not done, go on.
     *
     * @param oldReachable whether the old source's host can be reached; {@code --ssh_options} gives up early otherwise
     */
    public HookCall start(ServerSettings oldSource, boolean oldReachable, ServerSettings newSource) {
        ServerSettings withOptions = newSource.ssh().options().isEmpty() ? oldSource : newSource;
        return new Arguments()
                .add("--command", "start")
                .add("--ssh_user", newSource.ssh().user())
                .address("orig_master", oldSource)
                .address("new_master", newSource)
                .add("--new_master_user", newSource.mysql().user())
                .addSecret("--new_master_password", newSource.mysql().password())
                .sshAddress("orig_master_", oldSource)
                .sshAddress("new_master_", newSource)
                .sshOptions(withOptions, oldReachable)
                .call(prefix, true, newSource.scripts().secrets());
    }
}
