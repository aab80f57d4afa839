package io.mha4j.hooks;

import io.mha4j.config.ServerSettings;
import io.mha4j.remote.ShellQuote;
import java.util.stream.Collectors;

/** The options that MHA 0.58 gives to ssh, followed by {@code ssh_options}; scripts paste them into their own ssh calls. */
final class SshOptionSet {
    private static final String ALIVE =
            "-o ServerAliveInterval=60 -o ServerAliveCountMax=20 -o StrictHostKeyChecking=no -o ConnectionAttempts=5"
                    + " -o PasswordAuthentication=no -o BatchMode=yes";
    private static final String CHECK =
            "-o StrictHostKeyChecking=no -o PasswordAuthentication=no -o BatchMode=yes -o ConnectTimeout=";

    private SshOptionSet() {}

    /** MHA's ALIVE set for a host that answers; its CHECK set, which gives up early, for one that does not. */
    static String text(ServerSettings.Ssh ssh, boolean reachable) {
        String set = reachable ? ALIVE : CHECK + ssh.connectionTimeout().toSeconds();
        return set + ssh.options().stream().map(o -> " " + ShellQuote.word(o)).collect(Collectors.joining());
    }
}
