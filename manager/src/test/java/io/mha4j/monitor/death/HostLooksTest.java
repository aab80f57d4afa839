package io.mha4j.monitor.death;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.decision.death.Findings;
import io.mha4j.decision.death.Keeper;
import io.mha4j.decision.death.Proof;
import io.mha4j.decision.death.Question;
import io.mha4j.remote.ClosedPort;
import io.mha4j.remote.LocalHost;
import io.mha4j.remote.TestProgram;
import io.mha4j.topology.details.ServerFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The looks at a host, on processes of this machine: the test itself as a server that lives, a child as one that dies. */
class HostLooksTest {
    private final LocalHost host = new LocalHost();
    private final Deadline soon = Deadline.in(Duration.ofSeconds(60), System::nanoTime);

    @TempDir
    private Path dir = Path.of("");

    private ServerFiles files = new ServerFiles("", "", Optional.empty());

    @BeforeEach
    void files() {
        files = new ServerFiles(
                dir.toString(),
                dir.resolve("db.pid").toString(),
                Optional.of(dir.resolve("db err.log").toString()));
    }

    @Test
    void a_server_is_the_process_of_its_process_file_if_that_listens_on_its_port() throws IOException {
        long self = ProcessHandle.current().pid();
        write("db.pid", self + "\n");
        write("db err.log", "ready for connections\n");
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Instance it = found(see(port.getLocalPort()));
            assertThat(it.pid()).isEqualTo(self);
            assertThat(it.name()).isEqualTo("java");
            assertThat(it.logEnd()).isEqualTo(22);
            assertThat(it.keeper().parent().pid())
                    .isEqualTo(ProcessHandle.current().parent().orElseThrow().pid());
            assertThat(look(it).proofs().get(Question.PROCESS_GONE)).isInstanceOf(Proof.Refuted.class);
            assertThat(look(it.withLogEnd(0)).proofs().get(Question.NOT_STOPPED))
                    .isInstanceOf(Proof.Shown.class);
            assertThat(PortLook.refuses(at(port.getLocalPort()), soon)).isInstanceOf(Proof.Refuted.class);
        }
    }

    @Test
    void a_process_that_does_not_listen_is_not_the_server() throws IOException {
        write("db.pid", Long.toString(ProcessHandle.current().pid()));
        try (ClosedPort port = new ClosedPort()) {
            assertThat(see(port.number())).isInstanceOf(Scene.Seen.NotFound.class);
        }
    }

    @Test
    void without_a_process_file_or_with_an_old_one_there_is_no_server() throws IOException {
        assertThat(see(3306)).asInstanceOf(type(Scene.Seen.NotFound.class)).satisfies(not -> assertThat(not.why())
                .contains("db.pid cannot be read"));
        write("db.pid", "999999999\n");
        assertThat(see(3306)).asInstanceOf(type(Scene.Seen.NotFound.class)).satisfies(not -> assertThat(not.why())
                .contains("there is no process 999999999"));
    }

    @Test
    void a_killed_process_is_gone_and_has_left_its_file() throws Exception {
        Instance it = killed();
        Findings found = look(it);
        assertThat(found.proofs().get(Question.PROCESS_GONE)).isInstanceOf(Proof.Shown.class);
        assertThat(found.proofs().get(Question.NOT_STOPPED)).isInstanceOf(Proof.Shown.class);
    }

    @Test
    void a_later_process_with_its_number_is_not_it() throws IOException {
        long self = ProcessHandle.current().pid();
        write("db.pid", Long.toString(self));
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Instance it = found(see(port.getLocalPort()));
            Instance earlier = new Instance(self, it.start() - 1, it.name(), files, 0, it.keeper());
            assertThat(look(earlier).proofs().get(Question.PROCESS_GONE)).isInstanceOf(Proof.Shown.class);
        }
    }

    @Test
    void what_takes_its_file_away_or_says_goodbye_was_stopped() throws Exception {
        Instance it = killed();
        for (String words : new String[] {
            "Normal shutdown",
            "mysqld: Shutdown complete",
            "Received SHUTDOWN from user root",
            "mysqld (initiated by: x): Normal shutdown"
        }) {
            write("db err.log", "ready\n" + words + "\n");
            assertThat(look(it.withLogEnd(6)).proofs().get(Question.NOT_STOPPED))
                    .as(words)
                    .isInstanceOf(Proof.Refuted.class);
        }
        assertThat(look(it.withLogEnd(Files.size(dir.resolve("db err.log"))))
                        .proofs()
                        .get(Question.NOT_STOPPED))
                .isInstanceOf(Proof.Shown.class);
        assertThat(look(it.withLogEnd(1_000_000)).proofs().get(Question.NOT_STOPPED))
                .as("a log that was begun anew")
                .isInstanceOf(Proof.Refuted.class);
        Files.delete(dir.resolve("db.pid"));
        assertThat(look(it).proofs().get(Question.NOT_STOPPED)).isInstanceOf(Proof.Refuted.class);
    }

    @Test
    void the_next_server_in_its_data_directory_is_found() throws Exception {
        Instance it = killed();
        Path program = TestProgram.copy(Path.of("/bin/sleep"), dir.resolve("mysqld-next"));
        Process next = new ProcessBuilder(program.toString(), "300")
                .directory(dir.toFile())
                .start();
        try {
            Proof proof = look(it).proofs().get(Question.NOT_RESTARTED);
            assertThat(proof).isInstanceOf(Proof.Refuted.class);
            assertThat(proof.what()).contains("mysqld-next, process " + next.pid());
        } finally {
            next.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_port_without_a_server_refuses() throws IOException {
        try (ClosedPort port = new ClosedPort()) {
            assertThat(PortLook.refuses(at(port.number()), soon)).isInstanceOf(Proof.Shown.class);
        }
    }

    /** A child that was seen alive, with a process file, and was then killed. */
    private Instance killed() throws Exception {
        Process child = new ProcessBuilder("/bin/sleep", "300").start();
        write("db.pid", Long.toString(child.pid()));
        write("db err.log", "ready\n");
        String stat = Files.readString(Path.of("/proc/" + child.pid() + "/stat"));
        long start = Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
        Instance it = new Instance(child.pid(), start, "sleep", files, 6, keeperOf(child));
        assertThat(look(it).proofs().get(Question.PROCESS_GONE)).isInstanceOf(Proof.Refuted.class);
        child.destroyForcibly().waitFor();
        return it;
    }

    private static Keeper keeperOf(Process child) {
        long parent = child.toHandle().parent().orElseThrow().pid();
        return new Keeper(new Keeper.Parent(parent, "java"), "init", false, Optional.empty());
    }

    private Scene.Seen see(int port) {
        return new InstanceLook(host).see(files, port, soon);
    }

    private Findings look(Instance instance) {
        return new RemainsLook(host).look(instance, soon);
    }

    private static Instance found(Scene.Seen seen) {
        assertThat(seen).isInstanceOf(Scene.Seen.Found.class);
        return ((Scene.Seen.Found) seen).instance();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(dir.resolve(name), text);
    }

    private static ServerId at(int port) {
        return new ServerId(1, "server1", "localhost", "127.0.0.1", port);
    }
}
