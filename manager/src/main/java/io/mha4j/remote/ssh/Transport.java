package io.mha4j.remote.ssh;

import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings;
import io.mha4j.remote.PortForward;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Who speaks the SSH protocol with one host. */
interface Transport {
    /**
     * Connects and logs in, within the deadline and the host's own limit for one attempt.
     *
     * @throws io.mha4j.base.CommandException if that fails, with the reason and a way out
     */
    Connection connect(Deadline deadline);

    /**
     * A port there that leads to one here, on a connection of its own.
     *
     * @throws io.mha4j.base.CommandException if that fails, with the reason and a way out
     */
    PortForward forward(int localPort, Deadline deadline);

    /**
     * The one that the settings name.
     *
     * @param doubts told what is odd about the host's key though it is believed
     */
    static Transport of(ServerSettings.Ssh settings, Path home, Consumer<String> doubts) {
        return switch (settings.manner().transport()) {
            case JSCH -> new Jsch(settings, home, doubts);
            case SSH -> new ProgramTransport(settings);
        };
    }

    /** The files that decide are read at each use, so that a correction counts at once. */
    record Jsch(ServerSettings.Ssh settings, Path home, Consumer<String> doubts) implements Transport {
        @Override
        public Connection connect(Deadline deadline) {
            return SshConnection.open(SshTarget.of(settings, home), doubts, deadline);
        }

        @Override
        public PortForward forward(int localPort, Deadline deadline) {
            return SshForward.open(SshTarget.of(settings, home), localPort, doubts, deadline);
        }
    }
}
