package io.mha4j.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class UnwindingTest {
    private static final String LEFT = "db2 may be left with relay_log_purge=1";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            System.out, new PrintStream(err, true, StandardCharsets.UTF_8), new ByteArrayInputStream(new byte[0]));

    private Unwinding unwinding(Duration patience) {
        return new Unwinding(terminal, LEFT, patience);
    }

    private String told() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void what_the_end_waits_for_is_told_before_the_work_is_interrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread worker = new Thread(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        worker.start();
        Thread hook = unwinding(Duration.ofDays(1)).hook(worker, over);
        hook.start();

        interrupted.await();
        assertThat(told()).contains("Got terminate signal. What was changed on the server is put back first");
        assertThat(hook.isAlive()).isTrue();

        over.countDown();
        hook.join();
        worker.join();
    }

    @Test
    void a_server_that_hangs_does_not_keep_the_process() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Thread worker = new Thread(() -> {
            while (over.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        worker.start();
        Thread hook = unwinding(Duration.ZERO).hook(worker, over);
        hook.start();

        hook.join();
        assertThat(told()).contains("It is not over after 0 s. Exit. WARNING: " + LEFT + "; look at it yourself");

        over.countDown();
        worker.join();
    }

    @Test
    void nothing_else_is_begun_behind_work_that_was_interrupted() {
        assertThatThrownBy(() -> Unwinding.whenToldToEnd(terminal, LEFT, () -> {
                    throw InterruptedWork.during("waiting", new InterruptedException());
                }))
                .isInstanceOf(InterruptedWork.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told()).contains("Got terminate signal. Exit.");
    }

    @Test
    void work_that_is_left_alone_answers_its_own_status() {
        assertThat(Unwinding.whenToldToEnd(terminal, LEFT, () -> 22)).isEqualTo(22);
        assertThat(told()).isEmpty();
    }
}
