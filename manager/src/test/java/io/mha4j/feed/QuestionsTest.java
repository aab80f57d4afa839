package io.mha4j.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.feed.Answer.Refused;
import io.mha4j.feed.Answer.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements that replicas of each version were seen to send, and what keeps them content. */
final class QuestionsTest {
    private static final String UUID = "11111111-2222-3333-4444-555555555555";

    private final Questions questions = new Questions(
            new FeedIdentity(7, UUID, Optional.of("ON"), Set.of()), true, () -> Instant.ofEpochSecond(1_700_000_001));
    private final Wishes wishes = new Wishes();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                SELECT UNIX_TIMESTAMP()                     | 1700000001
                SELECT @@GLOBAL.SERVER_ID                   | 7
                SELECT @master_binlog_checksum              | CRC32
                SELECT @source_binlog_checksum              | CRC32
                SELECT @@GLOBAL.GTID_MODE                   | ON
                SELECT @@GLOBAL.SERVER_UUID                 | 11111111-2222-3333-4444-555555555555
                SELECT @@GLOBAL.gtid_domain_id              | 0
                SELECT binlog_gtid_pos('bin.000003',4)      | ""
                """)
    void a_value_is_asked_for(String statement, String value) {
        assertThat(questions.answer(statement, wishes))
                .isInstanceOfSatisfying(Rows.class, r -> assertThat(r.rows()).containsExactly(List.of(value)));
    }

    @Test
    void old_replicas_ask_for_variables_as_people_do() {
        assertThat(questions.answer("SHOW VARIABLES LIKE 'SERVER_ID'", wishes))
                .isEqualTo(Rows.variable("server_id", "7"));
        assertThat(questions.answer("SHOW VARIABLES LIKE 'SERVER_UUID'", wishes))
                .isEqualTo(Rows.variable("server_uuid", UUID));
    }

    /** Any other answer makes the replica expect longer event headers, and it dies of the first one. */
    @Test
    void semi_sync_is_unknown_to_mysql_and_has_no_row_for_mariadb() {
        for (String name : List.of("rpl_semi_sync_source_enabled", "rpl_semi_sync_master_enabled")) {
            assertThat(questions.answer("SELECT @@global." + name, wishes))
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.code()).isEqualTo(1193));
        }
        assertThat(questions.answer("SHOW VARIABLES LIKE 'rpl_semi_sync_master_enabled'", wishes))
                .isEqualTo(Rows.noVariable());
    }

    @Test
    void a_source_without_gtids_does_not_know_the_variable() {
        Questions old =
                new Questions(new FeedIdentity(7, UUID, Optional.empty(), Set.of()), false, () -> Instant.EPOCH);
        assertThat(old.answer("SELECT @@GLOBAL.GTID_MODE", wishes)).isInstanceOf(Refused.class);
        assertThat(old.answer("SELECT @master_binlog_checksum", wishes))
                .isInstanceOfSatisfying(Rows.class, r -> assertThat(r.rows()).containsExactly(List.of("NONE")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT @@GLOBAL.never_heard_of", "SELECT @never_heard_of", "DROP DATABASE mysql", ""})
    void what_nobody_knows_is_refused(String statement) {
        assertThat(questions.answer(statement, wishes)).isInstanceOf(Refused.class);
    }

    @Test
    void a_set_is_always_right_and_remembered() throws ProtocolException {
        assertThat(wishes.knowsChecksums()).isFalse();
        assertThat(wishes.heartbeat()).isEmpty();
        for (String set : List.of(
                "SET @master_heartbeat_period= 30000001024",
                "SET @master_binlog_checksum= @@global.binlog_checksum",
                "SET @mariadb_slave_capability=4",
                "SET @slave_connect_state='0-1-5,1-2-6'",
                "SET NAMES latin1",
                "set @never_heard_of = 1")) {
            assertThat(questions.answer(set, wishes)).isEqualTo(new Answer.Done());
        }
        assertThat(wishes.heartbeat()).contains(Duration.ofNanos(30000001024L));
        assertThat(wishes.knowsChecksums()).isTrue();
        assertThat(wishes.isMariadb()).isTrue();
        assertThat(wishes.mariadbState().map(Object::toString)).contains("0-1-5,1-2-6");
    }

    @Test
    void one_set_of_9_7_says_several_things() throws ProtocolException {
        questions.answer("SET @master_heartbeat_period = 1000000000, @source_heartbeat_period = 1000000000", wishes);
        questions.answer(
                "SET @master_binlog_checksum = @@global.binlog_checksum,"
                        + " @source_binlog_checksum = @@global.binlog_checksum",
                wishes);
        questions.answer("SET @slave_uuid = 'x, @y = 3', @replica_uuid = 'x'", wishes);
        assertThat(wishes.heartbeat()).contains(Duration.ofSeconds(1));
        assertThat(wishes.knowsChecksums()).isTrue();
    }

    @Test
    void an_empty_state_is_a_state() throws ProtocolException {
        assertThat(wishes.mariadbState()).isEmpty();
        questions.answer("SET @slave_connect_state=''", wishes);
        assertThat(wishes.mariadbState())
                .hasValueSatisfying(s -> assertThat(s.isEmpty()).isTrue());
    }
}
