package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.remote.LimitedBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShellStreamTest {
    private final ShellStream stream = new ShellStream();
    private final LimitedBytes heard = new LimitedBytes(1000);

    @Test
    void what_is_said_before_anybody_asks_belongs_to_the_first_answer() throws IOException {
        say("Welcome\n");
        CompletableFuture<Integer> status = stream.expect("mark", heard::add);
        say("\nmark 7\n");

        assertThat(status).isCompletedWithValue(7);
        assertThat(heard.text()).isEqualTo("Welcome\n");
    }

    @Test
    void a_stream_that_ended_before_anybody_asked_still_tells_its_last_words() throws IOException {
        say("Connection refused\n");
        stream.close();
        CompletableFuture<Integer> status = stream.expect("mark", heard::add);

        assertThat(status).isCompletedExceptionally();
        assertThat(heard.text()).isEqualTo("Connection refused\n");
    }

    @Test
    void what_comes_between_two_answers_belongs_to_none() throws IOException {
        CompletableFuture<Integer> one = stream.expect("one", heard::add);
        say("a\none 0\n");
        say("stray\n");
        CompletableFuture<Integer> two = stream.expect("two", heard::add);
        say("b\ntwo 1\n");

        assertThat(one).isCompletedWithValue(0);
        assertThat(two).isCompletedWithValue(1);
        assertThat(heard.text()).isEqualTo("ab");
    }

    private void say(String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
