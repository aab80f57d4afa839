package io.mha4j.remote.ssh;

import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.HostKeyCheck;
import io.mha4j.remote.PortForward;
import java.util.ArrayList;
import java.util.List;

/**
 * The program {@code ssh} of this machine: everything in ssh_config counts. Its agent and known hosts are ssh's own.
 *
 * @param settings whose {@code ssh_options} are handed on as they are
 */
record ProgramTransport(ServerSettings.Ssh settings) implements Transport {
    @Override
    public Connection connect(Deadline deadline) {
        return ProgramConnection.open(this, deadline.atMost(settings.connectionTimeout()));
    }

    @Override
    public PortForward forward(int localPort, Deadline deadline) {
        return ProgramForward.open(this, localPort, deadline.atMost(settings.connectionTimeout()));
    }

    String name() {
        return settings.user() + "@" + settings.ip() + ":" + settings.port();
    }

    boolean bySudo() {
        return settings.manner().sudo();
    }

    /**
     * The command line that runs {@code remote} there. Of each option ssh takes the first value: what must be so comes
     * first, then what the operator wrote, then what holds where nobody said otherwise.
     */
    List<String> argv(List<String> first, String remote) {
        List<String> argv = new ArrayList<>(List.of("ssh", "-T", "-o", "BatchMode=yes"));
        argv.addAll(first);
        argv.addAll(settings.options());
        settings.manner().hostKeyCheck().ifPresent(check -> argv.addAll(List.of("-o", strictness(check))));
        argv.addAll(List.of(
                "-o",
                "ConnectTimeout=" + Math.max(1, settings.connectionTimeout().toSeconds()),
                "-o",
                "ServerAliveInterval=5",
                "-o",
                "ServerAliveCountMax=3",
                "-p",
                Integer.toString(settings.port()),
                "-l",
                settings.user(),
                "--",
                settings.ip(),
                remote));
        return argv;
    }

    private static String strictness(HostKeyCheck check) {
        return "StrictHostKeyChecking="
                + switch (check) {
                    case ACCEPT_NEW -> "accept-new";
                    case STRICT -> "yes";
                    case OFF -> "no";
                };
    }
}
