package io.mha4j.report.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Deadline;
import io.mha4j.base.Secret;
import io.mha4j.config.report.ReportSettings.Login;
import io.mha4j.config.report.ReportSettings.Mail;
import io.mha4j.config.report.ReportSettings.Smtp;
import io.mha4j.config.report.ReportSettings.SmtpTls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a small SMTP server on a loopback port that answers as it is told. */
final class MailerTest {
    private static final Letter LETTER = new Letter(
            "app1: done\nBcc: x@example.com", "Zeile ä\n.\nend\n", Instant.parse("2026-11-07T09:05:03Z"), "app1.1");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Map<String, String> answers = Map.of();
    private ServerSocket socket;

    @BeforeEach
    void listen() throws IOException {
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve, "smtp");
        server.setDaemon(true);
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
    }

    private void serve() {
        try (Socket client = socket.accept();
                OutputStream out = client.getOutputStream()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            say(out, "220 test");
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                if (!data || line.equals(".")) {
                    String verb = line.split("[ :]", 2)[0];
                    say(out, answers.getOrDefault(verb, verb.equals("DATA") ? "354 go" : "250 ok"));
                    data = verb.equals("DATA");
                }
            }
        } catch (IOException e) {
            lines.add("broken");
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private Mailer mailer(SmtpTls tls, Optional<Login> login) {
        Smtp smtp = new Smtp("127.0.0.1", socket.getLocalPort(), tls, login);
        return new Mailer(new Mail(List.of("dba@example.com", "root"), "mha@example.com", smtp), "mgr1");
    }

    private static Deadline in(Duration time) {
        return Deadline.in(time, System::nanoTime);
    }

    private static Deadline soon() {
        return in(Duration.ofSeconds(20));
    }

    @Test
    void the_letter_arrives_with_its_subject_on_one_line_and_its_text_as_it_is() {
        mailer(SmtpTls.OFF, Optional.empty()).send(LETTER, soon());
        assertThat(lines)
                .contains(
                        "EHLO mgr1",
                        "MAIL FROM:<mha@example.com>",
                        "RCPT TO:<dba@example.com>",
                        "RCPT TO:<root>",
                        "Subject: app1: done Bcc: x@example.com",
                        "Message-ID: <app1.1@mgr1>",
                        "Auto-Submitted: auto-generated",
                        "Content-Type: text/plain; charset=UTF-8",
                        "..",
                        ".")
                .doesNotContain("Bcc: x@example.com");
        assertThat(lines).anyMatch(l -> l.equals("Zeile =C3=A4") || l.equals("Zeile ä"));
    }

    @Test
    void a_server_that_refuses_a_recipient_is_quoted() {
        answers = Map.of("RCPT", "550 no such mailbox");
        assertThatThrownBy(() -> mailer(SmtpTls.OFF, Optional.empty()).send(LETTER, soon()))
                .isInstanceOf(NoticeException.class)
                .hasMessageContaining("550 no such mailbox");
    }

    @Test
    void a_login_is_made_and_a_server_that_repeats_the_password_does_not_bring_it_into_the_message() {
        answers = Map.of("EHLO", "250-test\r\n250 AUTH PLAIN", "AUTH", "535 opensesame is wrong");
        Login login = new Login("mha", new Secret("opensesame"));
        assertThatThrownBy(() -> mailer(SmtpTls.OFF, Optional.of(login)).send(LETTER, soon()))
                .isInstanceOf(NoticeException.class)
                .hasMessageContaining("535 *** is wrong");
        assertThat(lines).anyMatch(l -> l.startsWith("AUTH PLAIN"));
    }

    @Test
    void where_encryption_is_asked_for_a_server_without_it_gets_neither_letter_nor_password() {
        answers = Map.of("EHLO", "250-test\r\n250 AUTH PLAIN");
        Login login = new Login("mha", new Secret("opensesame"));
        assertThatThrownBy(() -> mailer(SmtpTls.STARTTLS, Optional.of(login)).send(LETTER, soon()))
                .isInstanceOf(NoticeException.class);
        assertThat(lines).contains("EHLO mgr1").noneMatch(l -> l.startsWith("AUTH") || l.startsWith("MAIL"));
    }

    @Test
    void a_server_that_never_answers_costs_the_time_that_was_given() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Smtp smtp = new Smtp("127.0.0.1", silent.getLocalPort(), SmtpTls.OFF, Optional.empty());
            Mailer mailer = new Mailer(new Mail(List.of("root"), "mha", smtp), "mgr1");
            Deadline deadline = in(Duration.ofMillis(400));
            assertThatThrownBy(() -> mailer.send(LETTER, deadline)).isInstanceOf(NoticeException.class);
            assertThat(deadline.remaining()).isLessThan(Duration.ofMillis(100));
        }
    }
}
