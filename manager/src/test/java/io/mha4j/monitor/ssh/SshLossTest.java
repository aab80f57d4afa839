package io.mha4j.monitor.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.SshManner;
import io.mha4j.report.trouble.Trouble;
import io.mha4j.report.trouble.TroubleBook;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.ReplicationMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SshLossTest {
    private static final Optional<String> LOST = Optional.of("no answer");
    private static final Optional<String> REACHED = Optional.empty();
    private static final ServerSettings SOURCE = Pairs.server(1, SshManner.PLAIN);
    private static final ServerSettings REPLICA = Pairs.server(2, SshManner.PLAIN);

    @TempDir
    private Path folder = Path.of("");

    private TroubleBook book = new TroubleBook(folder);
    private SshLoss loss = new SshLoss(book.log(), book.troubles());

    @BeforeEach
    void inTheFolder() {
        book = new TroubleBook(folder);
        loss = new SshLoss(book.log(), book.troubles());
    }

    private static ManagedTree tree(ReplicationMode mode) {
        return new ManagedTree(SOURCE.id(), Optional.empty(), mode, List.of(), List.of(), List.of(), List.of());
    }

    private void tried(ServerSettings server, ReplicationMode mode, List<Optional<String>> failures) {
        failures.forEach(failure -> loss.tried(server, tree(mode), failure));
    }

    @Test
    void one_try_that_fails_is_nothing() {
        tried(SOURCE, ReplicationMode.MYSQL_GTID, List.of(LOST, REACHED, LOST, REACHED));
        assertThat(book.told()).isEmpty();
        assertThat(book.troubles().present()).isEmpty();
    }

    @Test
    void the_loss_of_the_sources_host_is_told_once_with_what_it_means_and_its_end_too() {
        tried(SOURCE, ReplicationMode.FILE_POSITION, List.of(LOST, LOST, LOST));
        assertThat(book.troubles().present()).extracting(Trouble::state).containsExactly(Trouble.State.SSH_LOST);
        tried(SOURCE, ReplicationMode.FILE_POSITION, List.of(REACHED, REACHED));
        assertThat(book.troubles().present()).isEmpty();
        assertThat(book.told())
                .containsExactly(
                        "db1(10.0.0.1:3306): its host cannot be reached over SSH (no answer); if the master died now,"
                                + " transactions that no slave has received would be lost, and the fence could not be proven",
                        "The host of db1(10.0.0.1:3306) is reached over SSH again");
    }

    @Test
    void where_its_log_must_be_read_there_would_be_no_failover() {
        ServerSettings.Policy stops = new ServerSettings.Policy(
                true,
                true,
                true,
                false,
                false,
                false,
                false,
                false,
                ServerSettings.LagRule.BYTES,
                ServerSettings.UnreadableTail.STOP);
        ServerSettings source = new ServerSettings(
                SOURCE.id(),
                SOURCE.label(),
                SOURCE.mysql(),
                SOURCE.ssh(),
                SOURCE.roles(),
                stops,
                SOURCE.paths(),
                SOURCE.watching(),
                SOURCE.scripts());
        tried(source, ReplicationMode.FILE_POSITION, List.of(LOST, LOST));
        assertThat(book.troubles().present().toString())
                .contains("if the master died now, on_unreadable_tail=stop would forbid the failover");
    }

    @Test
    void by_position_a_slaves_relay_logs_are_out_of_reach() {
        tried(REPLICA, ReplicationMode.FILE_POSITION, List.of(LOST, LOST));
        assertThat(book.told())
                .containsExactly(
                        "db2(10.0.0.2:3306): its host cannot be reached over SSH (no answer); if the master died"
                                + " now, what only this slave has received could not be taken from its relay logs; what was rescued"
                                + " would be applied to it over SQL, which takes longer");
    }

    @Test
    void by_gtid_only_time_is_lost() {
        tried(REPLICA, ReplicationMode.MARIADB_GTID, List.of(LOST, LOST));
        assertThat(book.told())
                .containsExactly(
                        "db2(10.0.0.2:3306): its host cannot be reached over SSH (no answer); if the master died"
                                + " now, what was rescued would be applied to it over SQL, which takes longer");
    }

    @Test
    void whose_host_need_not_be_reached_any_more_is_not_missed() {
        tried(REPLICA, ReplicationMode.MYSQL_GTID, List.of(LOST, LOST));
        loss.round(application(REPLICA));
        assertThat(book.troubles().present()).hasSize(1);
        loss.round(application(new ServerSettings(
                REPLICA.id(),
                REPLICA.label(),
                REPLICA.mysql(),
                REPLICA.ssh(),
                new ServerSettings.Roles(false, false, false, true),
                REPLICA.policy(),
                REPLICA.paths(),
                REPLICA.watching(),
                REPLICA.scripts())));
        assertThat(book.troubles().present()).isEmpty();
    }

    private static Application application(ServerSettings replica) {
        List<ServerSettings> servers = List.of(SOURCE, replica);
        return new Application("app1", "app1.cnf", "/tmp", Optional.empty(), "info", servers, List.of(), List.of());
    }

    @Test
    void what_was_lost_in_an_earlier_watching_counts_anew() {
        tried(SOURCE, ReplicationMode.MYSQL_GTID, List.of(LOST));
        loss.forget();
        tried(SOURCE, ReplicationMode.MYSQL_GTID, List.of(LOST));
        assertThat(book.told()).isEmpty();
    }
}
