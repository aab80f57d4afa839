package io.mha4j.execution.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.decision.StepResult.Fence;
import io.mha4j.decision.StepResult.Fenced;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import io.mha4j.remote.LocalHost;
import io.mha4j.remote.ThisMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is killed, and what is left alone. */
final class EndingTest {
    /** Where nothing listens: the last port, which is in no range that is given out. */
    private static final int SILENT = 65_535;

    @TempDir
    Path place;

    private FakeServers servers = new FakeServers(Path.of("."));

    @BeforeEach
    void useTheFolder() {
        servers = new FakeServers(place);
    }

    @AfterEach
    void endThem() {
        servers.close();
    }

    @Test
    void the_server_of_the_data_directory_is_killed_and_its_neighbour_of_the_same_name_is_not() throws Exception {
        Path data = servers.datadir("data with a blank");
        Process server = servers.server(data);
        Process neighbour = servers.server(servers.datadir("other"));
        Instance instance = FakeServers.instance(SILENT, data);
        FakeServers.awaited(instance);
        FakeServers.awaited(FakeServers.instance(SILENT, servers.datadir("other")));

        Fenced fenced = FakeServers.ending(instance).end();

        assertThat(fenced.state()).isEqualTo(Fence.PROVEN);
        assertThat(fenced.supervised()).isTrue();
        assertThat(fenced.how())
                .isEqualTo("its process " + server.pid() + " was killed, and nothing listens at port " + SILENT);
        assertThat(FakeServers.ends(server)).isTrue();
        assertThat(neighbour.isAlive()).isTrue();
    }

    @Test
    void one_of_that_directory_that_listens_at_another_port_is_left_alone() throws Exception {
        Path data = servers.datadir("data");
        Process other = servers.listening(data);
        Instance instance = FakeServers.instance(SILENT, data);
        Deadline deadline = FakeServers.deadline();
        while (instance.look(new LocalHost(), deadline).doubts().isEmpty() && !deadline.isOver()) {
            Thread.onSpinWait();
        }

        assertThat(FakeServers.ending(instance).end().proven()).isFalse();
        assertThat(other.isAlive()).isTrue();
    }

    @Test
    void a_frozen_server_is_killed() throws Exception {
        Path data = servers.datadir("data");
        Process server = servers.server(data);
        FakeServers.awaited(FakeServers.instance(SILENT, data));
        new LocalHost().run(List.of("kill", "-STOP", Long.toString(server.pid())), FakeServers.deadline());

        assertThat(FakeServers.ending(FakeServers.instance(SILENT, data)).end().proven())
                .isTrue();
        assertThat(FakeServers.ends(server)).isTrue();
    }

    @Test
    void what_is_gone_already_is_found_gone() throws IOException {
        Instance instance = FakeServers.instance(SILENT, servers.datadir("data"));
        assertThat(FakeServers.ending(instance).end())
                .isEqualTo(new Fenced(
                        Fence.PROVEN, false, false, "no process of it runs, and nothing listens at port " + SILENT));
    }

    /** Of a process that ends nothing can be seen any more, though it still has its name: one look in thirty met such a moment. */
    @Test
    void a_neighbour_that_ends_is_in_nobodys_way() throws IOException {
        servers.ending(servers.datadir("other"));
        Instance instance = FakeServers.instance(SILENT, servers.datadir("data"));
        for (int look = 0; look < 60; look++) {
            assertThat(instance.look(new LocalHost(), FakeServers.deadline()).gone())
                    .isTrue();
        }
    }

    @Test
    void another_process_at_its_port_is_left_alone() throws IOException {
        FakeServers.Listener other = servers.stranger();
        Instance instance = FakeServers.instance(other.port(), servers.datadir("data"));
        Fenced fenced = FakeServers.ending(instance).end();
        assertThat(fenced.state()).isEqualTo(Fence.REFUSED);
        assertThat(fenced.how())
                .contains("process " + other.pid())
                .contains("listens at port " + other.port() + " and is not it: left alone");
    }

    @Test
    void whoever_listens_at_the_same_port_of_another_address_is_in_nobodys_way() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.9"))) {
            Instance instance = FakeServers.instance(other.getLocalPort(), servers.datadir("data"));
            assertThat(FakeServers.ending(instance).end().proven()).isTrue();
        }
    }

    @Test
    void without_its_data_directory_the_one_at_its_port_is_known_by_the_index_of_its_log() throws IOException {
        Path index = Files.writeString(place.resolve("bin.index"), "");
        FakeServers.Listener listener = servers.stranger(index);
        Instance byIndex = new Instance("127.0.0.1", listener.port(), Optional.empty(), List.of(index.toString()));
        assertThat(byIndex.look(new LocalHost(), FakeServers.deadline()).ours())
                .singleElement()
                .satisfies(p -> assertThat(p.process().pid()).isEqualTo(listener.pid()));
    }

    @Test
    void nothing_is_killed_where_neither_is_known() throws IOException {
        Instance instance =
                new Instance("127.0.0.1", servers.stranger().port(), Optional.empty(), List.of("/nowhere/bin.index"));
        Fenced fenced = FakeServers.ending(instance).end();
        assertThat(fenced.state()).isEqualTo(Fence.UNKNOWN);
        // The second where this machine runs a server of its own.
        assertThat(fenced.how())
                .containsAnyOf("where its data are is not known there", "may be it, which cannot be told");
    }

    @Test
    void who_looks_again_later_tells_what_was_killed_before() throws Exception {
        Path data = servers.datadir("data");
        Process server = servers.server(data);
        Instance instance = FakeServers.instance(SILENT, data);
        FakeServers.awaited(instance);
        Ending earlier = FakeServers.ending(instance);
        earlier.end();

        Fenced later = FakeServers.ending(instance).goingOn(earlier).end();

        assertThat(later.state()).isEqualTo(Fence.PROVEN);
        assertThat(later.supervised()).isTrue();
        assertThat(later.how()).startsWith("its process " + server.pid() + " was killed, ");
    }

    @Test
    void its_service_is_stopped_before_it_is_killed() throws Exception {
        Path data = servers.datadir("data");
        Process server = servers.server(data);
        Instance instance = FakeServers.instance(SILENT, data);
        FakeServers.awaited(instance);
        SystemdHost host = new SystemdHost("MainPID=" + server.pid() + "\n", new CommandRunner.Result(0, "", ""));

        Fenced fenced = FakeServers.ending(instance, host).end();

        assertThat(host.asked()).containsExactly("mask --runtime db.service", "stop --no-block db.service");
        assertThat(fenced.state()).isEqualTo(Fence.PROVEN);
        assertThat(fenced.how()).startsWith("db.service was stopped and masked");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the server | db.service could not be stopped (Interactive authentication required.)
            another    | db.service is not only this server: left alone
            """)
    void one_whose_service_goes_on_is_killed_and_not_called_fenced(String mainProcess, String left) throws Exception {
        Path data = servers.datadir("data");
        Process server = servers.server(data);
        Instance instance = FakeServers.instance(SILENT, data);
        FakeServers.awaited(instance);
        long main = mainProcess.equals("the server") ? server.pid() : 1;
        SystemdHost host = new SystemdHost(
                "MainPID=" + main + "\n", new CommandRunner.Result(1, "", "Interactive authentication required.\n"));

        Fenced fenced = FakeServers.ending(instance, host).end();

        assertThat(FakeServers.ends(server)).isTrue();
        Fenced expected = new Fenced(
                Fence.GONE,
                true,
                false,
                "db.service may start it again: " + left + ", its process " + server.pid()
                        + " was killed, and nothing listens at port " + SILENT);
        assertThat(fenced).isEqualTo(expected);
        assertThat(fenced.clause()).startsWith("whether it is fenced is unknown: db.service may start it again");
        assertThat(FakeServers.watched(instance, fenced, Duration.ofMillis(100)))
                .isEqualTo(new Fenced(Fence.GONE, true, false, expected.how() + ", and nothing came back for 0 s"));
    }

    /** As systemd makes one of {@code /etc/init.d/mysql}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no         | 0 | PROVEN | db.service does not start it again (no main process, Restart=no): left alone, its process
            no         | 1 | GONE   | db.service may start it again: db.service is not only this server: left alone, its process
            on-failure | 0 | GONE   | db.service may start it again: db.service is not only this server: left alone, its process
            """)
    void a_service_without_a_main_process_is_none_that_starts_it_again(
            String restart, int others, Fence state, String how) throws Exception {
        Path data = servers.datadir("data");
        Process server = servers.server(data);
        Instance instance = FakeServers.instance(SILENT, data);
        FakeServers.awaited(instance);
        SystemdHost host = new SystemdHost(
                        "Restart=" + restart + "\nMainPID=0\nControlPID=0\n", new CommandRunner.Result(0, "", ""))
                .withOthers(LongStream.rangeClosed(1, others).toArray());

        Fenced fenced = FakeServers.ending(instance, host).end();

        assertThat(FakeServers.ends(server)).isTrue();
        assertThat(host.asked()).isEmpty();
        assertThat(fenced.state()).isEqualTo(state);
        assertThat(fenced.how()).startsWith(how);
    }

    @Test
    void the_port_of_a_killed_server_may_be_nobody_s_for_a_moment() throws Exception {
        Path data = servers.datadir("data");
        Process server = servers.server(data);
        Instance instance = FakeServers.instance(SILENT, data);
        FakeServers.awaited(instance);
        AtomicInteger stillThere = new AtomicInteger(2);
        Host host = new ThisMachine() {
            @Override
            public Result run(List<String> argv, Deadline deadline) {
                Result seen = super.run(argv, deadline);
                boolean gone = seen.stdout().isEmpty() && !server.isAlive();
                return gone && stillThere.getAndDecrement() > 0
                        ? new Result(0, "hidden|a process listens at port " + SILENT + "\n", "")
                        : seen;
            }
        };

        assertThat(FakeServers.ending(instance, host).end().state()).isEqualTo(Fence.PROVEN);
        assertThat(stillThere).hasNegativeValue();
    }

    @Test
    void mysqld_safe_is_killed_first_and_the_server_stays_away() throws Exception {
        Path data = servers.datadir("data");
        Process safe = servers.keeper("mysqld_safe", data);
        Instance instance = FakeServers.instance(SILENT, data);
        FakeServers.awaited(instance);

        Fenced fenced = FakeServers.ending(instance).end();

        assertThat(fenced.how()).startsWith("mysqld_safe " + safe.pid() + " was killed, its process ");
        assertThat(FakeServers.ends(safe)).isTrue();
        assertThat(FakeServers.watched(instance, Duration.ofMillis(300)).how())
                .isEqualTo("it is gone, and nothing came back for 0 s");
    }

    @Test
    void one_that_comes_back_again_and_again_is_not_fenced() throws Exception {
        Path data = servers.datadir("data");
        servers.keeper("keeper", data);
        Instance instance = FakeServers.instance(SILENT, data);
        FakeServers.awaited(instance);

        Fenced fenced = FakeServers.watched(instance, FakeServers.LIMIT);

        assertThat(fenced.cameBack()).isTrue();
        assertThat(fenced.state()).isEqualTo(Fence.REFUSED);
    }
}
