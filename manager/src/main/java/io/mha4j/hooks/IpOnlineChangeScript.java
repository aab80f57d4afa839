package io.mha4j.hooks;

import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.HookSecrets;

/**
 * {@code master_ip_online_change_script}: takes the address that clients use from one living server and gives it to
 * another. Arguments and their order are those of MHA 0.58 (MasterRotate). Both commands carry both administrative
 * accounts, as the contract demands. Exit status 10: not done, go on.
 *
 * @param prefix the parameter's value
 * @param rejoin whether the one that loses the address becomes a replica of the other
 * @param secrets how both passwords are handed over
 */
public record IpOnlineChangeScript(String prefix, boolean rejoin, HookSecrets secrets) {
    /** Keeps clients from writing to {@code from}; their writes will go to {@code to}. */
    public HookCall stop(ServerSettings from, ServerSettings to) {
        return call("stop", from, to);
    }

    /** Lets clients write to {@code to}. */
    public HookCall start(ServerSettings from, ServerSettings to) {
        return call("start", from, to);
    }

    private HookCall call(String command, ServerSettings from, ServerSettings to) {
        Arguments arguments = new Arguments()
                .add("--command", command)
                .address("orig_master", from)
                .add("--orig_master_user", from.mysql().user())
                .address("new_master", to)
                .add("--new_master_user", to.mysql().user())
                .add("--orig_master_ssh_user", from.ssh().user())
                .add("--new_master_ssh_user", to.ssh().user())
                .sshAddress("orig_master_", from)
                .sshAddress("new_master_", to)
                .sshOptions(to.ssh().options().isEmpty() ? from : to, true);
        if (rejoin) {
            arguments.flag("--orig_master_is_new_slave");
        }
        return arguments
                .addSecret("--orig_master_password", from.mysql().password())
                .addSecret("--new_master_password", to.mysql().password())
                .call(prefix, true, secrets);
    }
}
