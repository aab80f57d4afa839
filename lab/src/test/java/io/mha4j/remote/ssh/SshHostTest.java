package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSchException;
import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.lab.base.AtOnce;
import io.mha4j.lab.base.Patience;
import io.mha4j.lab.base.Ports;
import io.mha4j.remote.CommandRunner.Result;
import io.mha4j.remote.FileRange;
import io.mha4j.remote.Host;
import io.mha4j.remote.LocalHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshHostTest {
    /** For what takes no time on an idle machine. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private final SshServerFixture server = new SshServerFixture();

    @TempDir
    private Path dir = Path.of("");

    private SshSessions sessions = new SshSessions(Path.of(""));
    private Host host = new LocalHost();

    @BeforeEach
    void connect() throws IOException, JSchException {
        sessions = new SshSessions(SshServerFixture.homeWithKey(dir.resolve("home")));
        host = sessions.host(SshServerFixture.settings(server.port(), LONG));
    }

    @AfterEach
    void disconnect() throws IOException {
        sessions.close();
        server.close();
    }

    @Test
    void status_and_both_outputs_come_back_apart() {
        assertThat(sh("echo out; echo err >&2; exit 7")).isEqualTo(new Result(7, "out\n", "err\n"));
    }

    @Test
    void output_without_line_ends_and_empty_output_are_kept_as_they_are() {
        assertThat(sh("printf 'a\\nb'")).isEqualTo(new Result(0, "a\nb", ""));
        assertThat(sh("printf '\\n\\n' >&2; true")).isEqualTo(new Result(0, "", "\n\n"));
        assertThat(sh("exec true")).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void hostile_arguments_arrive_unharmed() {
        List<String> words = List.of("", "it's", "$(id)`id`$HOME", "a\nb\\n\t", "-e", "*?[", "\"';&|<>#~", "pä€");

        Result result = host.run(argv("printf", "<%s>", words), soon());

        assertThat(result.stdout()).isEqualTo("<" + String.join("><", words) + ">");
    }

    @Test
    void a_command_reads_nothing_and_cannot_end_or_change_the_shell() {
        assertThat(run("cat").stdout()).isEmpty();
        assertThat(run("exit", "3").exitStatus()).isEqualTo(3);
        assertThat(run("cd", "/").exitStatus()).isZero();
        assertThat(run("pwd").stdout()).isNotEqualTo("/\n");
        assertThat(run("no-such-program").exitStatus()).isEqualTo(127);
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void long_output_is_kept_up_to_a_limit_and_the_next_command_is_not_disturbed() {
        Result result = sh("head -c 6000000 /dev/zero | tr '\\0' x");

        assertThat(result.stdout()).startsWith("xxx").endsWith("[1805696 more bytes were not kept]\n");
        assertThat(sh("echo next").stdout()).isEqualTo("next\n");
    }

    @Test
    void one_connection_serves_commands_that_run_at_once() {
        List<CompletableFuture<Result>> results = IntStream.range(0, 6)
                .mapToObj(i -> AtOnce.started(() -> sh("sleep 0.2; echo " + i)))
                .toList();

        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).join().stdout()).isEqualTo(i + "\n");
        }
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void a_command_that_runs_too_long_is_given_up_and_the_connection_stays() {
        sh("true");

        // Its clock stands, so that it matters to nobody how long the command takes to begin.
        Deadline limit = Deadline.in(Duration.ofMillis(400), () -> 0);

        assertThatThrownBy(() -> host.run(List.of("sleep", "300"), limit))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("tester@127.0.0.1:" + server.port() + " was still running after 0.4 s");
        assertThat(sh("echo again").stdout()).isEqualTo("again\n");
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void a_command_that_was_given_up_is_killed() throws IOException {
        Path pid = Files.createFile(dir.resolve("pid"));
        sh("true");

        // Until one has begun before it is given up.
        for (int seconds = 1; Files.size(pid) == 0 && seconds <= 32; seconds *= 2) {
            Duration limit = Duration.ofSeconds(seconds);
            assertThatThrownBy(() -> host.run(List.of("sh", "-c", "echo $$ > " + pid + "; exec sleep 300"), in(limit)))
                    .isInstanceOf(CommandException.class);
        }

        long process = Long.parseLong(Files.readString(pid).strip());
        Patience.await()
                .until(() ->
                        ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void more_commands_than_a_connection_carries_take_turns() {
        List<CompletableFuture<Result>> results = IntStream.range(0, 20)
                .mapToObj(i -> AtOnce.started(() -> sh("sleep 0.1; echo " + i)))
                .toList();

        assertThat(results).allSatisfy(r -> assertThat(r.join().exitStatus()).isZero());
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void an_account_without_a_shell_says_so() {
        server.answerEveryCommandWith("This account is currently not available.");

        assertThatThrownBy(() -> sh("true"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(
                        ": the account has no shell (This account is currently not available.); give it one");
    }

    @Test
    void a_lost_idle_connection_is_made_again() {
        sh("true");
        server.cutSessions();

        // A command that meets the cut before we have noticed it may have been carried out, so it is not repeated.
        Patience.await()
                .ignoreExceptionsInstanceOf(CommandException.class)
                .untilAsserted(() -> assertThat(sh("echo back").stdout()).isEqualTo("back\n"));
        assertThat(server.logins()).isEqualTo(2);
    }

    @Test
    void a_connection_cut_in_mid_command_is_an_error_and_the_command_is_not_repeated() throws IOException {
        try (Link link = new Link(server.port())) {
            Host behind = sessions.host(SshServerFixture.settings(link.port(), LONG));
            Path mark = dir.resolve("mark");
            behind.run(List.of("true"), soon());
            CompletableFuture<Result> running =
                    AtOnce.started(() -> behind.run(List.of("sh", "-c", "echo x >> " + mark + "; sleep 20"), soon()));
            Patience.await().until(() -> Files.exists(mark));
            link.cut();

            assertThatThrownBy(running::join)
                    .hasRootCauseMessage("the connection ended")
                    .cause()
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("was lost while a command ran, which may have been carried out");
            assertThat(behind.run(List.of("cat", mark.toString()), soon()).stdout())
                    .isEqualTo("x\n");
        }
    }

    @Test
    void a_host_that_freezes_costs_the_deadline_and_is_used_again_when_it_thaws() throws IOException {
        try (Link link = new Link(server.port())) {
            Host behind = sessions.host(SshServerFixture.settings(link.port(), LONG));
            behind.run(List.of("true"), soon());
            link.freeze();

            for (int i = 0; i < 2; i++) {
                long before = System.nanoTime();
                assertThatThrownBy(() -> behind.run(List.of("true"), in(Duration.ofMillis(600))))
                        .isInstanceOf(CommandException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                        .isBetween(Duration.ofMillis(550), Duration.ofSeconds(15));
            }
            link.thaw();

            assertThat(behind.run(List.of("echo", "thawed"), soon()).stdout()).isEqualTo("thawed\n");
        }
    }

    @Test
    void an_address_that_accepts_but_never_speaks_costs_the_limit_of_one_attempt() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Host mute = sessions.host(SshServerFixture.settings(silent.getLocalPort(), Duration.ofMillis(700)));
            long before = System.nanoTime();

            assertThatThrownBy(() -> mute.run(List.of("true"), soon()))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("SSH to tester@127.0.0.1:" + silent.getLocalPort()
                            + " did not answer within 0.7 s; check that the host is up");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void a_refused_connection_says_so() throws IOException {
        int port = Ports.unused();

        assertThatThrownBy(() ->
                        sessions.host(SshServerFixture.settings(port, LONG)).run(List.of("true"), soon()))
                .isInstanceOf(CommandException.class)
                .hasMessage("SSH to tester@127.0.0.1:" + port + ": Connection refused; check address, port and sshd");
    }

    @Test
    void ranges_of_a_file_are_streamed() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(7).nextBytes(content);
        Path file = Files.write(dir.resolve("it's $a file"), content);

        assertThat(read(FileRange.from(file.toString(), 0))).isEqualTo(content);
        assertThat(read(FileRange.from(file.toString(), 2_999_990))).isEqualTo(tail(content, 2_999_990, 3_000_000));
        assertThat(read(FileRange.of(file.toString(), 5, 10))).isEqualTo(tail(content, 5, 15));
        assertThat(read(FileRange.of(file.toString(), 2_999_999, 10))).isEqualTo(tail(content, 2_999_999, 3_000_000));
        assertThat(read(FileRange.from(file.toString(), 4_000_000))).isEmpty();
        assertThat(read(FileRange.of(file.toString(), 4, 0))).isEmpty();
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void what_cannot_be_read_is_named_with_the_host() throws IOException {
        String missing = dir.resolve("missing").toString();

        for (FileRange range : List.of(FileRange.from(missing, 0), FileRange.of(missing, 0, 5))) {
            assertThatThrownBy(() -> read(range))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("tester@127.0.0.1:" + server.port())
                    .hasMessageContaining(missing)
                    .hasMessageContaining("No such file or directory; check the path and its permissions");
        }
        assertThatThrownBy(() -> read(FileRange.from(dir.toString(), 0))).hasMessageContaining("Is a directory");
        assertThatThrownBy(() -> host.fileSize(missing, soon())).hasMessageContaining("No such file");
        assertThatThrownBy(() -> host.listDirectory(missing, soon())).hasMessageContaining(missing);
    }

    @Test
    void a_sink_that_fails_ends_the_transfer_only() throws IOException {
        Path file = Files.write(dir.resolve("file"), new byte[5_000_000]);

        assertThatThrownBy(() -> host.readFile(
                        FileRange.from(file.toString(), 0),
                        (bytes, from, length) -> {
                            throw new IOException("disk full");
                        },
                        soon()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("could not be stored: disk full");
        assertThat(sh("echo fine").stdout()).isEqualTo("fine\n");
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void a_transfer_that_stalls_ends_at_the_deadline() throws IOException {
        Path file = Files.write(dir.resolve("file"), new byte[20_000_000]);
        try (Link link = new Link(server.port())) {
            Host behind = sessions.host(SshServerFixture.settings(link.port(), LONG));
            behind.run(List.of("true"), soon());

            assertThatThrownBy(() -> behind.readFile(
                            FileRange.from(file.toString(), 0),
                            (bytes, from, length) -> link.freeze(),
                            in(Duration.ofMillis(1500))))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("given up");
        }
    }

    @Test
    void a_file_that_gives_nothing_is_not_read_until_the_deadline() throws IOException {
        // A pipe that nobody writes to: like a disk that hangs, while its host answers.
        Path pipe = dir.resolve("pipe");
        assertThat(run("mkfifo", pipe.toString()).succeeded()).isTrue();
        Host impatient = new SshHost(
                SshServerFixture.settings(server.port(), LONG),
                dir.resolve("home"),
                use -> {},
                odd -> {},
                Duration.ofMillis(400));
        try (impatient) {
            assertThatThrownBy(() -> impatient.readFile(FileRange.from(pipe.toString(), 0), (b, at, n) -> {}, soon()))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining(":" + server.port() + " was given up after 0.4 s without a byte; look");
            assertThat(impatient.run(List.of("echo", "fine"), soon()).stdout()).isEqualTo("fine\n");
        }
    }

    @Test
    void directories_and_sizes() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("a b/c'd"));
        for (String name : List.of(".hidden", "..odd", "bin.000001", "new\nline", "-dash", "*")) {
            Files.writeString(folder.resolve(name), "12345");
        }
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("/no/where"));

        assertThat(host.listDirectory(folder.toString(), soon()))
                .containsExactly("*", "-dash", "..odd", ".hidden", "bin.000001", "dangling", "new\nline");
        assertThat(host.listDirectory(
                        Files.createDirectory(dir.resolve("empty")).toString(), soon()))
                .isEmpty();
        assertThat(host.fileSize(folder.resolve("-dash").toString(), soon())).isEqualTo(5);
    }

    private byte[] read(FileRange range) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(host.readFile(range, bytes::write, soon())).isEqualTo(bytes.size());
        return bytes.toByteArray();
    }

    private static byte[] tail(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private Result sh(String line) {
        return run("sh", "-c", line);
    }

    private Result run(String... argv) {
        return host.run(List.of(argv), soon());
    }

    private static List<String> argv(String program, String first, List<String> rest) {
        List<String> argv = new ArrayList<>(List.of(program, first));
        argv.addAll(rest);
        return argv;
    }

    private static Deadline soon() {
        return in(LONG);
    }

    private static Deadline in(Duration budget) {
        return Deadline.in(budget, System::nanoTime);
    }
}
