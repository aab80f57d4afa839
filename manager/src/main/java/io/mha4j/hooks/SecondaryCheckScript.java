package io.mha4j.hooks;

import io.mha4j.config.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code secondary_check_script}: asks from elsewhere whether the source is really gone. Arguments are those of MHA 0.58
 * (HealthCheck). Exit status 0: gone; 2: a place to ask from cannot be used; 3: somebody reaches the source; anything but
 * 0 forbids a failover.
 *
 * @param prefix the parameter's value
 */
public record SecondaryCheckScript(String prefix) {
    /** MHA's program, and ours of the same name; {@code bin/} is on the search path of every command. */
    private static final String BUILT_IN = "masterha_secondary_check";

    /** The program at the beginning of the prefix, as the operator wrote it. */
    public String program() {
        return prefix.strip().split("\\s", 2)[0];
    }

    /**
     * Whether ours is run because the prefix names MHA's by a path where it is no more: a file that worked with MHA goes on
     * working when MHA has been removed.
     */
    public boolean runsBuiltIn() {
        return program().startsWith("/")
                && program().endsWith("/" + BUILT_IN)
                && !Files.isExecutable(Path.of(program()));
    }

    /** The program that a call starts. */
    public String programRun() {
        return runsBuiltIn() ? BUILT_IN : program();
    }

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
        return arguments.call(
                programRun() + prefix.strip().substring(program().length()),
                false,
                source.scripts().secrets());
    }
}
