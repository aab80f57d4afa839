package io.mha4j.feed;

import static io.mha4j.base.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.archive.Archive;
import io.mha4j.binlog.EventType;
import io.mha4j.topology.ReplicaStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a feed lets in, and that nobody can hold it up. */
final class FeedClientsTest {
    @TempDir
    private Path folder;

    private Log log = new Log(Path.of("."));

    @BeforeEach
    void newLog() {
        log = new Log(folder);
    }

    @ParameterizedTest
    @EnumSource(AuthMethod.class)
    void a_client_with_another_default_method_is_asked_again(AuthMethod first) throws IOException {
        for (String version : List.of(Log.MYSQL_5_7, Log.MYSQL_8_0)) {
            Log other = new Log(folder).begins("bin.000003", Log.format(version, true));
            other.xid(1);
            try (Feed feed = FeedTest.open(other.archive());
                    Replica replica = new Replica(feed.port()).loginBy(first, feed.account())) {
                assertThat(replica.ask("SELECT @@GLOBAL.SERVER_ID")).containsExactly("7");
            }
        }
    }

    @Test
    void a_wrong_password_is_refused_and_no_secret_is_told() throws IOException {
        FeedTest.twoTransactions(log, Log.format(Log.MYSQL_8_0, true));
        try (Feed feed = FeedTest.open(log.archive());
                Replica replica = new Replica(feed.port())) {
            FeedAccount wrong = new FeedAccount(feed.account().user(), new io.mha4j.base.Secret("guess"));
            assertThatThrownBy(() -> replica.login(wrong))
                    .isInstanceOfSatisfying(
                            Replica.Refusal.class, e -> assertThat(e.code).isEqualTo(1045));
            await().until(() -> feed.lastProblem().isPresent());
            assertThat(feed.lastProblem().orElseThrow() + feed.account() + feed.progress())
                    .contains("account")
                    .doesNotContain(feed.account().password().reveal());
        }
    }

    @Test
    void accounts_fit_every_version_and_differ() throws IOException {
        FeedTest.twoTransactions(log, Log.format(Log.MYSQL_5_7, true));
        Archive archive = log.archive();
        try (Feed one = FeedTest.open(archive);
                Feed other = FeedTest.open(archive)) {
            assertThat(one.account().user()).hasSizeLessThanOrEqualTo(16);
            assertThat(one.account().password().reveal()).hasSize(24);
            assertThat(one.account().user()).startsWith(ReplicaStatus.LEVELLING_USER);
            assertThat(one.account().password()).isNotEqualTo(other.account().password());
        }
    }

    @Test
    void strangers_are_turned_away() throws IOException {
        FeedTest.twoTransactions(log, Log.format(Log.MYSQL_5_7, true));
        FeedIdentity choosy =
                new FeedIdentity(7, FeedTest.IDENTITY.serverUuid(), Optional.empty(), Set.of(address("192.0.2.1")));
        try (Feed feed = Feed.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        log.archive(),
                        choosy,
                        new Feed.Time(System::nanoTime, () -> Instant.EPOCH));
                Replica replica = new Replica(feed.port())) {
            assertThatThrownBy(replica::greeting).isInstanceOf(IOException.class);
            await().until(() ->
                    feed.lastProblem().filter(p -> p.contains("may not")).isPresent());
        }
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void a_client_that_takes_nothing_is_cut_and_holds_up_nobody() throws IOException {
        log.begins("bin.000003", Log.format(Log.MYSQL_5_7, true));
        log.bulk(40, 1_000_000);
        AtomicLong now = new AtomicLong();
        Feed feed = Feed.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                log.archive(),
                FeedTest.IDENTITY,
                new Feed.Time(now::get, () -> Instant.EPOCH));
        try (feed;
                Replica stalled = FeedTest.connect(feed)) {
            stalled.dump("bin.000003", 4, 0);
            await().until(() -> feed.progress().get(0).events() > 0);
            try (Replica other = new Replica(feed.port()).login(feed.account()).knowsChecksums()) {
                other.dump("bin.000003", 4, 0);
                other.skip(2 + 40);
            }
            assertThat(feed.progress().get(0).atEnd()).isFalse();
            await().until(() -> {
                // Its thread may still be on its way to the byte that is not taken.
                now.addAndGet(Duration.ofSeconds(61).toNanos());
                return feed.lastProblem()
                        .filter(p -> p.contains("took no byte"))
                        .isPresent();
            });
            assertThat(feed.progress().get(0).open()).isFalse();
        }
    }

    @Test
    void closing_does_not_wait_for_a_client_that_takes_nothing() throws IOException {
        log.begins("bin.000003", Log.format(Log.MYSQL_5_7, true));
        log.bulk(40, 1_000_000);
        Feed feed = FeedTest.open(log.archive());
        try (Replica stalled = FeedTest.connect(feed)) {
            stalled.dump("bin.000003", 4, 0);
            await().until(() -> feed.progress().get(0).events() > 0);
            long start = System.nanoTime();
            feed.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            await().until(() -> feed.progress().stream().noneMatch(FeedProgress::open));
            // A program that another test started just then listens at the port for a moment more.
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> new Replica(feed.port()).close()).isInstanceOf(IOException.class));
        }
    }

    @Test
    void a_replica_that_goes_in_the_middle_is_told_of() throws IOException {
        log.begins("bin.000003", Log.format(Log.MYSQL_5_7, true));
        log.bulk(40, 1_000_000);
        try (Feed feed = FeedTest.open(log.archive())) {
            try (Replica replica = FeedTest.connect(feed)) {
                replica.dump("bin.000003", 4, 0);
                replica.until(h -> h.type() == EventType.WRITE_ROWS);
            }
            await().until(() -> !feed.progress().get(0).open());
            assertThat(feed.progress().get(0).problem().orElse("")).contains("broke");
        }
    }

    @Test
    void a_replica_that_is_stopped_at_the_end_is_no_problem() throws IOException {
        FeedTest.twoTransactions(log, Log.format(Log.MYSQL_5_7, true));
        try (Feed feed = FeedTest.open(log.archive())) {
            try (Replica replica = FeedTest.connect(feed)) {
                replica.dump("bin.000003", 4, 0);
                replica.all();
            }
            await().until(() -> !feed.progress().get(0).open());
            assertThat(feed.progress().get(0).problem()).isEmpty();
            assertThat(feed.lastProblem()).isEmpty();
        }
    }

    @Test
    void an_empty_archive_and_a_taken_port_are_refused() {
        FeedTest.twoTransactions(log, Log.format(Log.MYSQL_5_7, true));
        Archive archive = log.archive();
        try (Feed feed = FeedTest.open(archive)) {
            InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), feed.port());
            Feed.Time time = new Feed.Time(System::nanoTime, () -> Instant.EPOCH);
            assertThatThrownBy(() -> Feed.open(taken, archive, FeedTest.IDENTITY, time))
                    .isInstanceOf(FeedException.class)
                    .hasMessageContaining(Integer.toString(feed.port()));
        }
    }
}
