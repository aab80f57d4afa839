package io.mha4j.monitor.ssh;

import io.mha4j.config.ServerSettings;
import java.util.Optional;

/**
 * A connection that may be tested.
 *
 * @param from the host where it begins; absent: this one
 * @param to   the host where it ends
 * @param need what it is for
 */
public record SshPath(Optional<ServerSettings> from, ServerSettings to, Need need) {
    /** What a connection is for. */
    public enum Need {
        /** From this host to a database server's. */
        FAILOVER("a failover: to stop the old master for certain, read its binary logs and bring slaves up to date"),
        /** From this host to one that keeps copies of binary logs. */
        BINLOG_COPIES("a failover: to read copies of the binary logs"),
        /** A port of a database server's host that leads here. */
        FEED("bringing slaves up to date: they read what was saved from the old master through a port of their own host"
                + " that leads here; without it mha4j applies that itself, which takes longer"),
        /** From one database server's host to another. */
        BETWEEN_HOSTS("nothing of mha4j; MHA's own programs on the hosts and scripts of yours may need it");

        private final String sentence;

        Need(String sentence) {
            this.sentence = sentence;
        }

        /** Continues the words "needed for". */
        public String sentence() {
            return sentence;
        }
    }

    /** Where it begins, in MHA's form. */
    public String start() {
        return from.map(SshPath::end).orElse("this host");
    }

    /** Where it ends, in MHA's form: {@code root@db2(10.0.0.2:22)}. */
    public String end() {
        return end(to);
    }

    private static String end(ServerSettings server) {
        ServerSettings.Ssh ssh = server.ssh();
        return "%s@%s(%s:%d)".formatted(ssh.user(), ssh.host(), ssh.ip(), ssh.port());
    }
}
