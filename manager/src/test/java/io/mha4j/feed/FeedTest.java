package io.mha4j.feed;

import static io.mha4j.base.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.archive.Archive;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.LittleEndian;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed as replicas see it, over real sockets. */
final class FeedTest {
    static final FeedIdentity IDENTITY =
            new FeedIdentity(7, "11111111-2222-3333-4444-555555555555", Optional.of("ON"), Set.of());

    @TempDir
    private Path folder;

    private Log log = new Log(Path.of("."));

    @BeforeEach
    void newLog() {
        log = new Log(folder);
    }

    static Feed open(Archive archive) {
        return Feed.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                archive,
                IDENTITY,
                new Feed.Time(System::nanoTime, () -> Instant.ofEpochSecond(1_700_000_001)));
    }

    static Replica connect(Feed feed) throws IOException {
        Replica replica = new Replica(feed.port()).login(feed.account()).knowsChecksums();
        replica.ask("SET @master_heartbeat_period= 50000000");
        return replica;
    }

    private long twoTransactions(FormatDescription format) {
        return twoTransactions(log, format);
    }

    /** Two transactions behind a list of GTIDs; answers where the second begins. */
    static long twoTransactions(Log log, FormatDescription format) {
        log.begins("bin.000003", format).hidden(EventType.PREVIOUS_GTIDS, new byte[8], 0);
        log.rows(1, 100);
        log.xid(1);
        long second = log.rows(2, 3000);
        log.xid(2);
        return second;
    }

    @Test
    void an_address_that_there_is_not_is_never_taken_for_all_addresses() {
        twoTransactions(Log.format(Log.MYSQL_5_7, true));
        assertThatThrownBy(() -> Feed.open(
                        InetSocketAddress.createUnresolved("fd00::zz", 0),
                        log.archive(),
                        IDENTITY,
                        new Feed.Time(System::nanoTime, () -> Instant.EPOCH)))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("there is no such address");
    }

    @ParameterizedTest
    @ValueSource(strings = {Log.MYSQL_5_7, Log.MYSQL_8_0, Log.MARIADB})
    void a_replica_gets_every_event_byte_by_byte(String version) throws IOException {
        twoTransactions(Log.format(version, true));
        log.rotate("bin.000004");
        log.begins("bin.000004", Log.format(version, true)).rows(3, 50);
        log.hidden(EventType.STOP, new byte[0], 0);
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.dump("bin.000003", 4, 2);
            assertThat(Replica.real(replica.all())).containsExactlyElementsOf(log.sent());
            FeedProgress progress = feed.progress().get(0);
            assertThat(progress.atEnd()).isTrue();
            assertThat(progress.serverId()).isEqualTo(2);
            assertThat(progress.events()).isEqualTo(log.sent().size());
            assertThat(progress.reached().map(Object::toString)).contains("bin.000004:" + (log.offset() - 23));
            assertThat(feed.lastProblem()).isEmpty();
        }
    }

    @Test
    void the_stream_begins_with_the_true_offset_and_a_format_that_is_not_in_use() throws IOException {
        long second = twoTransactions(Log.format(Log.MYSQL_5_7, true));
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.dump("bin.000003", second, 0);
            List<byte[]> events = replica.all();
            assertThat(EventHeader.parse(events.get(0), 0).flags()).isEqualTo(EventHeader.ARTIFICIAL);
            assertThat(LittleEndian.unsigned(events.get(0), 19, 8)).isEqualTo(second);
            assertThat(new String(events.get(0), 27, 10, StandardCharsets.US_ASCII))
                    .isEqualTo("bin.000003");
            FormatDescription format = FormatDescription.parse(events.get(1));
            assertThat(EventHeader.parse(events.get(1), 0).flags()).isZero();
            assertThat(EventHeader.parse(events.get(1), 0).end()).isZero();
            assertThat(LittleEndian.unsigned(events.get(1), 71, 4)).isZero();
            assertThat(format.checksums()).isTrue();
            assertThat(events.get(2)).isEqualTo(log.sent().get(2));
        }
    }

    /** So that it drops the temporary tables of a source that was restarted. */
    @Test
    void a_replica_at_the_head_of_a_file_learns_when_the_source_started() throws IOException {
        twoTransactions(Log.format(Log.MYSQL_5_7, true));
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.dump("bin.000003", 4, 0);
            assertThat(LittleEndian.unsigned(replica.all().get(1), 71, 4)).isEqualTo(5000);
        }
    }

    @Test
    void every_generated_event_has_a_right_checksum() throws IOException {
        twoTransactions(Log.format(Log.MYSQL_5_7, true));
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.dump("bin.000003", 4, 0);
            List<byte[]> events = replica.until(h -> h.type() == EventType.HEARTBEAT);
            for (byte[] event : events) {
                assertThat(LittleEndian.unsigned(event, event.length - 4, 4)).isEqualTo(crc(event));
            }
            byte[] beat = events.get(events.size() - 1);
            assertThat(EventHeader.parse(beat, 0).end()).isEqualTo(log.offset());
            assertThat(new String(beat, 19, beat.length - 23, StandardCharsets.US_ASCII))
                    .isEqualTo("bin.000003");
        }
    }

    @Test
    void a_replica_of_5_5_gets_no_checksums_and_asks_for_none() throws IOException {
        log.begins("bin.000003", Log.format(Log.MYSQL_5_5, false)).rows(1, 10);
        try (Feed feed = open(log.archive());
                Replica replica = new Replica(feed.port()).login(feed.account())) {
            replica.ask("SET @master_heartbeat_period= 50000000");
            replica.dump("bin.000003", 4, 0);
            List<byte[]> events = replica.all();
            assertThat(events.get(0)).hasSize(27 + 10);
            assertThat(Replica.real(events)).containsExactlyElementsOf(log.sent());
        }
    }

    /** The made-up ROTATE still has the form of what came before it; the format description tells of the other one. */
    @Test
    void pieces_may_differ_in_checksums() throws IOException {
        log.begins("bin.000003", Log.format(Log.MYSQL_5_7, true)).rows(1, 10);
        log.rotate("bin.000004");
        log.begins("bin.000004", Log.format(Log.MYSQL_5_7, false)).rows(2, 10);
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            assertThat(replica.ask("SELECT @master_binlog_checksum")).containsExactly("CRC32");
            replica.dump("bin.000003", 4, 0);
            List<byte[]> events = replica.all();
            assertThat(Replica.real(events)).containsExactlyElementsOf(log.sent());
            assertThat(events.get(4)).hasSize(27 + 10 + 4);
            assertThat(FormatDescription.parse(events.get(5)).checksums()).isFalse();
        }
    }

    @Test
    void a_source_that_died_without_a_rotate_goes_on_in_the_next_file() throws IOException {
        log.begins("bin.000003", Log.format(Log.MYSQL_5_7, true)).rows(1, 10);
        log.begins("bin.000004", Log.format(Log.MYSQL_5_7, true)).rows(2, 10);
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.dump("bin.000003", 4, 0);
            List<byte[]> events = replica.all();
            assertThat(events).hasSize(6);
            assertThat(new String(events.get(3), 27, 10, StandardCharsets.US_ASCII))
                    .isEqualTo("bin.000004");
            assertThat(EventHeader.parse(events.get(4), 0).type()).isEqualTo(EventType.FORMAT_DESCRIPTION);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {900, 900 + (1L << 32)})
    void the_end_of_a_file_of_which_there_is_no_piece_is_the_beginning_of_the_next(long end) throws IOException {
        log.begins("bin.000004", Log.format(Log.MYSQL_5_7, true)).rows(2, 10);
        try (Feed feed = open(log.archive(Log.at("bin.000003", end)));
                Replica replica = connect(feed);
                Replica other = connect(feed)) {
            replica.dump("bin.000003", 900, 0);
            other.dump("bin.000004", 4, 0);
            assertThat(types(replica)).contains(EventType.WRITE_ROWS).isEqualTo(types(other));
        }
    }

    private static List<Integer> types(Replica replica) throws IOException {
        return replica.all().stream()
                .map(event -> EventHeader.parse(event, 0).type())
                .toList();
    }

    /** Without it the replica would take the signs of life for events of a very old form. */
    @Test
    void behind_a_rotate_at_the_very_end_the_format_is_told_again() throws IOException {
        log.begins("bin.000003", Log.format(Log.MYSQL_5_7, true)).rows(1, 10);
        log.rotate("bin.000004");
        Archive archive = log.archive();
        try (Feed feed = open(archive);
                Replica replica = connect(feed)) {
            replica.dump("bin.000003", 4, 0);
            List<byte[]> events = replica.until(h -> h.type() == EventType.HEARTBEAT);
            int last = events.size() - 1;
            assertThat(EventHeader.parse(events.get(last - 1), 0).type()).isEqualTo(EventType.FORMAT_DESCRIPTION);
            assertThat(new String(events.get(last), 19, 10, StandardCharsets.US_ASCII))
                    .isEqualTo("bin.000004");
            assertThat(EventHeader.parse(events.get(last), 0).end()).isEqualTo(4);
        }
        try (Feed feed = open(archive);
                Replica replica = connect(feed)) {
            replica.dump("bin.000004", 4, 0);
            assertThat(replica.all()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 200, 1_000_000})
    void a_place_that_is_no_boundary_between_events_is_refused(long offset) throws IOException {
        twoTransactions(Log.format(Log.MYSQL_5_7, true));
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.dump("bin.000003", offset, 0);
            assertThatThrownBy(replica::event)
                    .isInstanceOfSatisfying(
                            Replica.Refusal.class, e -> assertThat(e.code).isEqualTo(1236))
                    .hasMessageContaining("bin.000003:" + offset);
            await().until(() -> feed.lastProblem().isPresent());
        }
    }

    @Test
    void a_file_that_is_none_is_refused() throws IOException {
        twoTransactions(Log.format(Log.MYSQL_5_7, true));
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.dump("", 4, 0);
            assertThatThrownBy(replica::event).hasMessageContaining("no binary log");
        }
    }

    @Test
    void a_replica_that_cannot_read_checksums_is_refused() throws IOException {
        twoTransactions(Log.format(Log.MYSQL_5_7, true));
        try (Feed feed = open(log.archive());
                Replica replica = new Replica(feed.port()).login(feed.account())) {
            replica.dump("bin.000003", 4, 0);
            assertThatThrownBy(replica::event).hasMessageContaining("checksums");
        }
    }

    @Test
    void auto_position_begins_at_the_first_transaction_that_the_replica_lacks() throws IOException {
        log.begins("bin.000003", Log.format(Log.MYSQL_5_7, true));
        for (int number = 1; number <= 5; number++) {
            log.gtid(1, number);
            log.rows(number, 20);
            log.xid(number);
        }
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.dumpBehind(Replica.set(1, 3));
            assertThat(Replica.real(replica.all()))
                    .containsExactlyElementsOf(log.sent().subList(9, 15));
        }
    }

    /** MySQL 9.7 with parallel workers crashed when a feed's connection broke inside a transaction. */
    @Test
    void by_auto_position_the_format_has_a_place_so_that_workers_forget_an_unfinished_transaction() throws IOException {
        log.begins("bin.000003", Log.format(Log.MYSQL_5_7, true));
        log.gtid(1, 1);
        log.xid(1);
        long second = log.offset();
        log.gtid(1, 2);
        log.xid(2);
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.dumpBehind(Replica.set(1, 1));
            List<byte[]> events = replica.all();
            EventHeader format = EventHeader.parse(events.get(1), 0);
            assertThat(format.end()).isEqualTo(second);
            assertThat(LittleEndian.unsigned(events.get(0), 19, 8)).isEqualTo(second - format.length());
        }
    }

    @Test
    void auto_position_sends_nothing_to_a_replica_that_has_all() throws IOException {
        log.begins("bin.000003", Log.format(Log.MYSQL_5_7, true));
        log.gtid(1, 1);
        log.xid(1);
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.dumpBehind(Replica.set(1, 9));
            assertThat(Replica.real(replica.all())).isEmpty();
            assertThat(feed.progress().get(0).atEnd()).isTrue();
        }
    }

    @Test
    void mariadb_begins_behind_the_state_of_each_domain() throws IOException {
        log.begins("bin.000003", Log.format(Log.MARIADB, true));
        for (int number = 1; number <= 3; number++) {
            for (int domain = 0; domain <= 1; domain++) {
                log.mariadbGtid(domain, number);
                log.rows(domain * 10 + number, 20);
                log.xid(number);
            }
        }
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.ask("SET @mariadb_slave_capability=4");
            replica.ask("SET @slave_connect_state='0-7-1,1-7-2'");
            replica.dump("", 4, 2);
            List<byte[]> expected = new java.util.ArrayList<>(log.sent().subList(6, 9));
            expected.addAll(log.sent().subList(12, 18));
            assertThat(Replica.real(replica.all())).containsExactlyElementsOf(expected);
        }
    }

    /** Without gtid_strict_mode a later transaction may have a lower number. */
    @Test
    void mariadb_begins_behind_the_very_transaction_whatever_its_number() throws IOException {
        log.begins("bin.000003", Log.format(Log.MARIADB, true));
        for (long number : new long[] {8, 9, 3, 4}) {
            log.mariadbGtid(0, number);
            log.xid((int) number);
        }
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.ask("SET @slave_connect_state='0-7-9'");
            replica.dump("", 4, 2);
            assertThat(Replica.real(replica.all()))
                    .containsExactlyElementsOf(log.sent().subList(4, 8));
        }
    }

    /** One that is a little longer, and one that fills a packet to the last byte, so that an empty one must follow. */
    @ParameterizedTest
    @ValueSource(ints = {Packets.LONGEST + 5000, Packets.LONGEST - 1 - 19 - 4})
    void an_event_larger_than_a_packet_arrives_whole(int body) throws IOException {
        log.begins("bin.000003", Log.format(Log.MYSQL_5_7, true)).bulk(1, body).rows(3, 10);
        try (Feed feed = open(log.archive());
                Replica replica = connect(feed)) {
            replica.dump("bin.000003", 4, 0);
            replica.skip(2);
            byte[] large = java.util.Objects.requireNonNull(replica.event());
            assertThat(large.length).isEqualTo(19 + body + 4);
            assertThat(LittleEndian.unsigned(large, large.length - 4, 4)).isEqualTo(crc(large));
            assertThat(replica.event()).isEqualTo(log.sent().get(0));
        }
    }

    private static long crc(byte[] event) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(event, 0, event.length - 4);
        return crc.getValue();
    }
}
