package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.mysql.SourceTarget.Link;
import io.mha4j.topology.SampleStatus;
import io.mha4j.topology.ServerVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a replica keeps in touch with its source, as far as our account may see it. */
@Timeout(60)
class LinkTest {
    private static final String HEARTBEAT =
            "SELECT HEARTBEAT_INTERVAL AS Value, COMPRESSION_ALGORITHM AS Compression FROM performance_schema.replication_connection_configuration"
                    + " WHERE CHANNEL_NAME=''";
    private static final List<String> COLUMNS = List.of(
            "Channel_Name", "Source_SSL_Allowed", "Source_SSL_Verify_Server_Cert", "Connect_Retry", "SQL_Delay");

    @Test
    void the_heartbeat_is_read_where_it_may_be() throws IOException {
        try (ScriptedServer server = replica().answering(HEARTBEAT, List.of("Value"), List.of(List.of("1.500")))) {
            assertThat(link(server).heartbeat()).contains(Duration.ofMillis(1500));
        }
    }

    @Test
    void a_replica_that_demands_compression_is_levelled_without_and_gets_it_back() throws IOException {
        Link usual = linkWith("zstd,zlib");
        assertThat(usual.compression()).contains("zstd,zlib");
        assertThat(change("8.0.32", usual.forLevelling())).contains("SOURCE_COMPRESSION_ALGORITHMS='uncompressed'");
        assertThat(change("8.0.32", usual)).contains("SOURCE_COMPRESSION_ALGORITHMS='zstd,zlib'");
        assertThat(change("8.0.19", usual)).contains("MASTER_COMPRESSION_ALGORITHMS='zstd,zlib'");
    }

    @Test
    void one_that_puts_up_with_none_is_told_nothing_of_it() throws IOException {
        for (String names : List.of("uncompressed", "zlib,zstd,uncompressed", "")) {
            assertThat(change("8.0.32", linkWith(names).forLevelling())).doesNotContain("COMPRESSION");
            assertThat(change("8.0.32", linkWith(names))).doesNotContain("COMPRESSION");
        }
    }

    @Test
    void one_that_followed_nobody_before_is_encrypted_where_all_others_are() {
        String own =
                change("8.0.32", Link.like(List.of(SampleStatus.replicating(true), SampleStatus.replicating(true))));
        assertThat(own).contains("SOURCE_SSL=1").doesNotContain("VERIFY", "PUBLIC_KEY");
        assertThat(change("10.11.6-MariaDB", Link.like(List.of(SampleStatus.replicating(true)))))
                .contains("MASTER_SSL=1")
                .doesNotContain("VERIFY");
        assertThat(Link.like(List.of(SampleStatus.replicating(true), SampleStatus.replicating(false))))
                .isEqualTo(Link.AS_IT_IS);
        assertThat(Link.like(List.of())).isEqualTo(Link.AS_IT_IS);
    }

    private static Link linkWith(String compression) throws IOException {
        try (ScriptedServer server = replica()
                .answering(HEARTBEAT, List.of("Value", "Compression"), List.of(List.of("1.500", compression)))) {
            return link(server);
        }
    }

    private static String change(String version, Link link) {
        SourceTarget target =
                new SourceTarget("db2", 3306, "repl", Optional.empty(), new SourceTarget.Start.AutoPosition(), link);
        return Dialect.of(ServerVersion.parse(version))
                .change("", target, Optional.empty())
                .shown();
    }

    @Test
    void an_account_that_may_not_see_the_heartbeat_learns_the_rest() throws IOException {
        try (ScriptedServer server = replica().refusing(HEARTBEAT, 1142, "SELECT command denied to user 'mha'")) {
            assertThat(link(server))
                    .isEqualTo(new Link(
                            Optional.of(new SourceTarget.Tls(true, false)),
                            Optional.of(Duration.ofSeconds(7)),
                            Optional.empty(),
                            Optional.of(Duration.ZERO)));
        }
    }

    private static ScriptedServer replica() throws IOException {
        return new ScriptedServer("8.0.32")
                .answering("SHOW REPLICA STATUS", COLUMNS, List.of(List.of("", "Yes", "No", "7", "0")));
    }

    private static Link link(ScriptedServer server) {
        try (ServerSession session = ServerSession.open(server.settings("x"), ScriptedServer.deadline())) {
            return new ReplicationControl(session, "", time -> {})
                    .link(ScriptedServer.deadline())
                    .orElseThrow();
        }
    }
}
