package io.mha4j.config.report;

import io.mha4j.base.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Who is told, by this program itself, that a failover has ended, or that something else is wrong.
 *
 * @param webhook     address that gets the incident; secret, because it often holds a token or a password
 * @param alarmScript shell text of a program that is told what else is wrong, and not that a failover has ended
 */
public record ReportSettings(Optional<Secret> webhook, Optional<Mail> mail, Optional<String> alarmScript) {
    /** Nobody. */
    public static final ReportSettings NONE = new ReportSettings(Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether somebody is told what is wrong beside a failover. */
    public boolean takesAlarms() {
        return webhook.isPresent() || mail.isPresent() || alarmScript.isPresent();
    }

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
