package io.mha4j.report.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Secret;
import io.mha4j.remote.ClosedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the JDK's own HTTP server on a loopback port. */
final class WebhookTest {
    private record Got(String method, String path, String type, String login, String body) {}

    private final List<Got> got = new ArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            got.add(new Got(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(answers.isEmpty() ? 200 : answers.remove(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Webhook webhook(String login, String path) {
        return webhook("http://" + login + "127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Webhook webhook(String url) {
        return new Webhook(new Secret(url), pauses::add);
    }

    private static Deadline in(Duration time) {
        return Deadline.in(time, System::nanoTime);
    }

    private static Deadline soon() {
        return in(Duration.ofSeconds(20));
    }

    @Test
    void the_text_arrives_as_it_is_in_one_post() {
        webhook("", "/hook?room=ops").post("{\"a\":\"ä\"}", soon());
        assertThat(got)
                .containsExactly(
                        new Got("POST", "/hook?room=ops", "application/json; charset=utf-8", "null", "{\"a\":\"ä\"}"));
    }

    @Test
    void a_login_in_the_address_becomes_basic_authentication_and_is_not_shown() {
        Webhook webhook = webhook("op:p%40ss+1@", "/token-in-path");
        webhook.post("{}", soon());
        assertThat(got).singleElement().satisfies(g -> {
            assertThat(g.login()).isEqualTo("Basic b3A6cEBzcysx"); // op:p@ss+1
            assertThat(g.path()).isEqualTo("/token-in-path");
        });
        assertThat(webhook.shown())
                .isEqualTo("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void a_server_in_trouble_is_asked_twice_and_not_more() {
        answers.addAll(List.of(503, 200));
        webhook("", "/").post("{}", soon());
        assertThat(got).hasSize(2);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));

        answers.addAll(List.of(500, 429));
        assertThatThrownBy(() -> webhook("", "/").post("{}", soon()))
                .isInstanceOf(NoticeException.class)
                .hasMessage("it answered with status 429");
        assertThat(got).hasSize(4);
    }

    @Test
    void a_refusal_and_a_redirect_are_final() {
        answers.addAll(List.of(403, 302));
        assertThatThrownBy(() -> webhook("", "/").post("{}", soon())).hasMessage("it answered with status 403");
        assertThatThrownBy(() -> webhook("", "/").post("{}", soon())).hasMessage("it answered with status 302");
        assertThat(got).hasSize(2);
    }

    @Test
    void one_that_never_answers_costs_the_time_that_was_given_and_tells_no_secret() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Deadline deadline = in(Duration.ofMillis(600));
            assertThatThrownBy(() -> webhook("http://u:opensesame@127.0.0.1:" + silent.getLocalPort() + "/opensesame")
                            .post("{}", deadline))
                    .isInstanceOf(NoticeException.class)
                    .hasMessage("it did not answer in time");
            assertThat(deadline.isOver()).isTrue();
        }
    }

    @Test
    void a_port_where_nobody_listens_is_told_in_words() throws IOException {
        try (ClosedPort port = new ClosedPort()) {
            assertThatThrownBy(() -> webhook("http://127.0.0.1:" + port.number() + "/opensesame")
                            .post("{}", soon()))
                    .isInstanceOf(NoticeException.class)
                    .hasMessageStartingWith("ConnectException")
                    .hasMessageNotContaining("opensesame");
        }
    }

    @Test
    void what_is_no_address_is_refused_without_repeating_it() {
        assertThatThrownBy(() -> webhook("http://a b/opensesame")).hasMessage("webhook_url is no http address");
        assertThatThrownBy(() -> webhook("opensesame")).hasMessage("webhook_url is no http address");
    }

    @Test
    void a_thread_that_is_told_to_end_ends() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> webhook("", "/").post("{}", soon())).isInstanceOf(InterruptedWork.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
