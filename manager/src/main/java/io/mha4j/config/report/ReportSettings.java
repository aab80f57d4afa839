package io.mha4j.config.report;

import io.mha4j.base.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Who is told, by this program itself, that a failover has ended.
 *
 * @param webhook address that gets the incident; secret, because it often holds a token or a password
 */
public record ReportSettings(Optional<Secret> webhook, Optional<Mail> mail) {
    /** Nobody. */
    public static final ReportSettings NONE = new ReportSettings(Optional.empty(), Optional.empty());

    /**
     * A letter to people.
     *
     * @param to   at least one address
     * @param from the sender's address
     */
    public record Mail(List<String> to, String from, Smtp smtp) {
        public Mail {
            to = List.copyOf(to);
        }
    }

    /** The server that takes letters; without a login it takes them from anybody. */
    public record Smtp(String host, int port, SmtpTls tls, Optional<Login> login) {}

    /** Who hands letters in. */
    public record Login(String user, Secret password) {}

    /** {@code smtp_tls}. */
    public enum SmtpTls {
        /** Nothing is encrypted. */
        OFF(25),
        /** Encrypted after a first greeting; a server that cannot do that gets no letter. */
        STARTTLS(587),
        /** Encrypted from the beginning. */
        TLS(465);

        private final int port;

        SmtpTls(int port) {
            this.port = port;
        }

        /** Where servers listen for it (RFC 6409, RFC 8314). */
        public int usualPort() {
            return port;
        }
    }
}
