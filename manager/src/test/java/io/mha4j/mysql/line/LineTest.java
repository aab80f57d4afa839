package io.mha4j.mysql.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineTest {
    private final Line line = new Line();
    private final ServerSocket listener = listener();
    private Socket here = new Socket();
    private Socket there = new Socket();

    private static ServerSocket listener() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void connect() throws IOException {
        here = line.newSocket();
        here.connect(listener.getLocalSocketAddress());
        there = listener.accept();
    }

    @AfterEach
    void close() throws IOException {
        here.close();
        there.close();
        listener.close();
    }

    @Test
    void a_quiet_line_is_listened_to_until_the_deadline() {
        Deadline deadline = in(150);
        assertThat(line.awaitNews(deadline)).isFalse();
        assertThat(deadline.isOver()).isTrue();
    }

    @Test
    void the_end_of_the_connection_is_heard_at_once() throws IOException {
        there.close();
        assertThat(line.awaitNews(in(20_000))).isTrue();
        assertThat(here.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void one_that_was_accepted_has_said_nothing_until_something_is_read() throws IOException {
        assertThat(line.hasHeard()).isFalse();
        there.getOutputStream().write(new byte[] {3, 1, 4});
        assertThat(here.getInputStream().readNBytes(3)).containsExactly(3, 1, 4);
        assertThat(line.hasHeard()).isTrue();
    }

    @Test
    void a_connection_that_was_reset_is_heard_at_once() throws IOException {
        there.setSoLinger(true, 0);
        there.close();
        assertThat(line.awaitNews(in(20_000))).isTrue();
    }

    @Test
    void what_is_heard_stays_to_be_read() throws IOException {
        there.getOutputStream().write(new byte[] {3, 1, 4});
        assertThat(line.awaitNews(in(20_000))).isTrue();
        assertThat(line.awaitNews(in(20_000))).isTrue();
        InputStream in = here.getInputStream();
        assertThat(in.readNBytes(3)).containsExactly(3, 1, 4);
        assertThat(line.awaitNews(in(50))).isFalse();
    }

    @Test
    void listening_leaves_the_time_limit_of_reading_alone() throws IOException {
        here.setSoTimeout(4321);
        line.awaitNews(in(10));
        assertThat(here.getSoTimeout()).isEqualTo(4321);
    }

    @Test
    void whoever_is_told_to_end_does_not_listen_on() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> line.awaitNews(in(20_000))).isInstanceOf(InterruptedWork.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void without_a_connection_there_is_nothing_to_hear() {
        assertThat(new Line().awaitNews(in(20_000))).isFalse();
        assertThat(new Line().hasHeard()).isFalse();
    }

    private static Deadline in(long millis) {
        return Deadline.in(Duration.ofMillis(millis), System::nanoTime);
    }
}
