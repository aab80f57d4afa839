package io.mha4j.hooks;

import io.mha4j.config.ServerSettings;

/**
 * {@code secondary_check_script}: asks from elsewhere whether the source is really gone. Arguments are those of MHA 0.58
 * (HealthCheck). Exit status 0: gone; 2: a place to ask from cannot be used; 3: somebody reaches the source; anything but
 * 0 forbids a failover.
 *
 * @param prefix the parameter's value
 */
public record SecondaryCheckScript(String prefix) {
    /** Asks about {@code source}. Carries the administrative account, as the contract demands. */
    public HookCall ask(ServerSettings source) {
        Arguments arguments = new Arguments()
                .add("--user", source.ssh().user())
                .address("master", source)
                .add("--master_user", source.mysql().user())
                .addSecret("--master_password", source.mysql().password())
                .add("--ping_type", source.watching().pingType().name());
        if (!source.ssh().options().isEmpty()) {
            arguments.add("--options", SshOptionSet.text(source.ssh(), false));
        }
        return arguments.call(prefix, false);
    }
}
