package io.mha4j.report.notice;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.config.report.ReportSettings.Login;
import io.mha4j.config.report.ReportSettings.Mail;
import io.mha4j.config.report.ReportSettings.SmtpTls;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends letters over SMTP. Where encryption is asked for, the server's certificate must be valid and name the server; there
 * is no way back to clear text.
 */
public final class Mailer {
    private final Mail mail;
    private final String machine;

    /** @param machine name of this host, for the greeting and for the letter's name */
    public Mailer(Mail mail, String machine) {
        this.mail = mail;
        this.machine = machine;
    }

    /** Where letters are handed in. */
    public String shown() {
        return mail.smtp().host() + ":" + mail.smtp().port();
    }

    /**
     * Hands a letter in.
     *
     * @throws NoticeException if the server did not take it for every recipient by the deadline
     * @throws InterruptedWork if the thread is told to end
     */
    public void send(Letter letter, Deadline deadline) {
        // The library's own limits count for each answer, and not at all for names that are looked up.
        FutureTask<Optional<String>> sending = new FutureTask<>(() -> trouble(letter, deadline));
        Thread thread = new Thread(sending, "mail");
        thread.setDaemon(true);
        thread.start();
        try {
            sending.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS).ifPresent(why -> {
                throw new NoticeException(why);
            });
        } catch (TimeoutException e) {
            throw new NoticeException("it did not take the mail in time");
        } catch (ExecutionException e) {
            throw new NoticeException(masked("the mail library failed: " + e.getCause()));
        } catch (InterruptedException e) {
            throw InterruptedWork.during("sending a mail", e);
        } finally {
            sending.cancel(true);
        }
    }

    private Optional<String> trouble(Letter letter, Deadline deadline) {
        Session session = Session.getInstance(properties(deadline));
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage message = message(session, letter);
            Optional<Login> login = mail.smtp().login();
            transport.connect(
                    mail.smtp().host(),
                    mail.smtp().port(),
                    login.map(Login::user).orElse(null),
                    login.map(l -> l.password().reveal()).orElse(null));
            transport.sendMessage(message, message.getAllRecipients());
            return Optional.empty();
        } catch (MessagingException e) {
            return Optional.of(words(e));
        }
    }

    private Properties properties(Deadline deadline) {
        String millis = Long.toString(Math.max(1, deadline.remaining().toMillis()));
        SmtpTls tls = mail.smtp().tls();
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.localhost", machine);
        properties.setProperty("mail.smtp.from", mail.from());
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(mail.smtp().login().isPresent()));
        properties.setProperty("mail.smtp.sendpartial", "true");
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls == SmtpTls.TLS));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(tls == SmtpTls.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(tls == SmtpTls.STARTTLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        return properties;
    }

    private MimeMessage message(Session session, Letter letter) throws MessagingException {
        MimeMessage message = new Named(session, "<" + letter.id() + "@" + machine + ">");
        message.setFrom(new InternetAddress(mail.from()));
        for (String to : mail.to()) {
            message.addRecipient(MimeMessage.RecipientType.TO, new InternetAddress(to));
        }
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setText(letter.body(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(letter.at()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.saveChanges();
        return message;
    }

    /** The library nests the server's own words, and ends its lines with breaks. */
    private String words(MessagingException e) {
        Throwable root = e;
        while (root instanceof MessagingException m && m.getNextException() != null) {
            root = m.getNextException();
        }
        String text = String.valueOf(root.getMessage()).strip().replaceAll("\\s+", " ");
        return masked(root == e ? text : root.getClass().getSimpleName() + ": " + text);
    }

    private String masked(String said) {
        return mail.smtp()
                .login()
                .map(l -> l.password().reveal())
                .filter(password -> !password.isEmpty())
                .map(password -> said.replace(password, "***"))
                .orElse(said);
    }

    /** Keeps the name it is given, where the library would ask name servers for this host's. */
    private static final class Named extends MimeMessage {
        private final String name;

        Named(Session session, String name) {
            super(session);
            this.name = name;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", name);
        }
    }
}
