package io.mha4j.hooks;

import io.mha4j.base.Secret;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.HookSecrets;
import io.mha4j.hooks.HookCall.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the arguments of one call in the order in which they are added. */
final class Arguments {
    private static final int DEFAULT_SSH_PORT = 22;

    private final List<Argument> list = new ArrayList<>();

    Arguments add(String name, String value) {
        list.add(Argument.of(name, value));
        return this;
    }

    Arguments add(String name, int value) {
        return add(name, Integer.toString(value));
    }

    /** A bare name. */
    Arguments flag(String name) {
        list.add(new Argument(name, Optional.empty(), true));
        return this;
    }

    Arguments addSecret(String name, Secret value) {
        list.add(Argument.secret(name, value));
        return this;
    }

    /** {@code --<role>_host}, {@code _ip} and {@code _port} of a server, {@code role} for example orig_master. */
    Arguments address(String role, ServerSettings server) {
        return add("--" + role + "_host", server.id().host())
                .add("--" + role + "_ip", server.id().ip())
                .add("--" + role + "_port", server.id().port());
    }

    /**
     * Where SSH differs from what a script would guess: host and address when they are not those of the server, port when
     * it is not 22. MHA leaves them out otherwise, because older scripts do not know them.
     *
     * @param role beginning of the names: empty, or for example {@code orig_master_}
     */
    Arguments sshAddress(String role, ServerSettings server) {
        ServerSettings.Ssh ssh = server.ssh();
        if (!ssh.host().equals(server.id().host())
                || !ssh.ip().equals(server.id().ip())) {
            add("--" + role + "ssh_host", ssh.host());
            add("--" + role + "ssh_ip", ssh.ip());
        }
        if (ssh.port() != DEFAULT_SSH_PORT) {
            add("--" + role + "ssh_port", ssh.port());
        }
        return this;
    }

    /** One {@code --ssh_options} with MHA's option set, if {@code ssh_options} is configured for {@code server}. */
    Arguments sshOptions(ServerSettings server, boolean reachable) {
        if (!server.ssh().options().isEmpty()) {
            add("--ssh_options", SshOptionSet.text(server.ssh(), reachable));
        }
        return this;
    }

    HookCall call(String prefix, boolean mayGoOn) {
        return new HookCall(prefix, list, mayGoOn);
    }

    /** One that gets passwords. */
    HookCall call(String prefix, boolean mayGoOn, HookSecrets secrets) {
        return new HookCall(prefix, list, mayGoOn, secrets);
    }
}
