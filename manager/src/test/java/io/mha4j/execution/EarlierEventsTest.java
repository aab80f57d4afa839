package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveStore;
import io.mha4j.archive.SampleArchive;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Step;
import io.mha4j.decision.World;
import io.mha4j.execution.level.ArchiveEnd;
import io.mha4j.execution.level.SampleMarks;
import io.mha4j.execution.level.SqlMarks;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.SampleStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier failover by position saved, and gave one of two replicas over SQL that show the same. */
final class EarlierEventsTest {
    private static final ServerId ONE = World.id(1);
    private static final ServerId OTHER = World.id(2);
    private static final BinlogPosition SHOWN = SampleArchive.START;
    private static final BinlogPosition MIDDLE = new BinlogPosition(SHOWN.file(), 578);
    private static final ReplicaStatus STATUS = SampleStatus.at(SHOWN);
    private static final FailoverWishes NOTHING_SAVED = new FailoverWishes(Optional.empty(), true, true, true, false);

    @TempDir
    private Path folder;

    private final List<Step.Level> levellings = new ArrayList<>();
    private FailoverWishes wishes = FailoverWishes.DEFAULT;

    @Test
    void one_without_them_is_given_them_before_it_is_opened_or_follows_who_has_them() {
        Archive archive = archive();
        marks().given(archive, ONE, SHOWN, ArchiveEnd.of(archive));
        give(ONE);
        assertThat(levellings).isEmpty();
        give(OTHER);
        assertThat(levellings)
                .containsExactly(new Step.Level(OTHER, archive.description().toString(), ArchiveEnd.of(archive)));
    }

    /** Nor when the other's note is crossed out, as it is once that one is the source. */
    @Test
    void those_that_were_all_given_them_lack_nothing_whoever_goes_first() {
        Archive archive = archive();
        marks().given(archive, ONE, SHOWN, ArchiveEnd.of(archive));
        marks().given(archive, OTHER, SHOWN, ArchiveEnd.of(archive));
        EarlierEvents earlier = earlier();
        assertThat(earlier.areLackedBy(ONE, STATUS)).isFalse();
        marks().forget(ONE);
        assertThat(earlier.areLackedBy(OTHER, STATUS)).isFalse();
    }

    @Test
    void who_was_given_a_part_is_given_the_rest() {
        Archive archive = archive();
        marks().given(archive, ONE, SHOWN, MIDDLE);
        give(ONE);
        assertThat(levellings).extracting(Step.Level::upTo).containsExactly(ArchiveEnd.of(archive));
    }

    @Test
    void what_one_was_being_given_when_that_was_cut_off_others_are_given() {
        marks().applying(archive(), ONE, SHOWN, MIDDLE);
        give(OTHER);
        assertThat(levellings).extracting(Step.Level::server).containsExactly(OTHER);
        assertThatThrownBy(() -> give(ONE)).hasMessageContaining("build it anew");
    }

    /** Transactions would be given up silently otherwise. */
    @Test
    void one_that_cannot_be_given_them_is_named_with_the_archive_and_a_safe_way_out() {
        Archive archive = archive();
        BinlogPosition end = ArchiveEnd.of(archive);
        marks().given(archive, ONE, SHOWN, end);
        SampleArchive.saved(folder, "20260102000000");
        new ArchiveStore(folder).expire("app1", Duration.ZERO, Instant.now());
        assertThatCode(() -> give(ONE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> give(OTHER))
                .isInstanceOf(LevellingException.class)
                .hasMessageContaining("gave " + ONE + " events by SQL up to " + end)
                .hasMessageContaining(archive.description().toString())
                .hasMessageContaining(
                        "CHANGE MASTER TO MASTER_LOG_FILE='" + end.file() + "', MASTER_LOG_POS=" + end.offset())
                .hasMessageContaining("promote " + ONE + ", which has all of them, by --new_master_host=" + ONE.host()
                        + " --new_master_port=" + ONE.port() + ", and build this one anew");
    }

    @Test
    void nobody_is_named_to_be_promoted_who_has_not_all_of_them() {
        marks().given(archive(), ONE, SHOWN, MIDDLE);
        assertThatThrownBy(() -> earlier().give(OTHER, STATUS, step -> {
                    throw new LevellingException(OTHER, "no such table");
                }))
                .hasMessageContaining("no such table")
                .hasMessageNotContaining("--new_master_host");
    }

    @Test
    void so_is_one_that_is_further_behind_than_the_archive_begins() {
        Archive archive = archive();
        marks().given(archive, ONE, SHOWN, ArchiveEnd.of(archive));
        ReplicaStatus before = SampleStatus.at(new BinlogPosition(SHOWN.file(), 4));
        assertThatThrownBy(() -> earlier().give(OTHER, before, levellings::add)).hasMessageContaining("begins behind");
        assertThat(levellings).isEmpty();
    }

    @Test
    void and_one_that_fails_at_it() {
        Archive archive = archive();
        marks().given(archive, ONE, SHOWN, ArchiveEnd.of(archive));
        assertThatThrownBy(() -> earlier().give(OTHER, STATUS, step -> {
                    throw new LevellingException(OTHER, "no such table");
                }))
                .hasMessageContaining("no such table")
                .hasMessageContaining(archive.description().toString());
    }

    /** Positions are of that log only. */
    @Test
    void who_shows_another_place_since_counts_for_nobody() {
        Archive archive = archive();
        marks().given(archive, ONE, MIDDLE, ArchiveEnd.of(archive));
        give(OTHER);
        assertThat(levellings).isEmpty();
    }

    @Test
    void who_wants_nothing_saved_wants_no_more_than_somebody_has_for_certain() {
        wishes = NOTHING_SAVED;
        marks().given(archive(), ONE, SHOWN, MIDDLE);
        give(ONE);
        assertThat(levellings).isEmpty();
    }

    /** It would have more than who is the source by then, and nobody would see that. */
    @Test
    void nobody_is_given_a_whole_archive_behind_one_that_had_enough_with_a_part() {
        wishes = NOTHING_SAVED;
        marks().given(archive(), ONE, SHOWN, MIDDLE);
        EarlierEvents earlier = earlier();
        assertThat(earlier.areLackedBy(ONE, STATUS)).isFalse();
        assertThat(earlier.areLackedBy(OTHER, STATUS)).isTrue();
        assertThatThrownBy(() -> earlier.give(OTHER, STATUS, levellings::add))
                .isInstanceOf(LevellingException.class)
                .hasMessageContaining("and " + ONE + ", which this failover goes on with, has not all of them");
        assertThat(levellings).isEmpty();
    }

    @Test
    void a_part_is_not_enough_any_more_once_another_was_given_the_whole_archive() {
        wishes = NOTHING_SAVED;
        Archive archive = archive();
        marks().given(archive, ONE, SHOWN, MIDDLE);
        EarlierEvents earlier = earlier();
        earlier.give(OTHER, STATUS, levellings::add);
        assertThat(earlier.areLackedBy(ONE, STATUS)).isTrue();
        earlier.give(ONE, STATUS, levellings::add);
        assertThat(levellings)
                .extracting(Step.Level::server, Step.Level::upTo)
                .containsExactly(tuple(OTHER, ArchiveEnd.of(archive)), tuple(ONE, ArchiveEnd.of(archive)));
    }

    private void give(ServerId server) {
        earlier().give(server, STATUS, levellings::add);
    }

    private EarlierEvents earlier() {
        return new EarlierEvents(facts(), new Places(facts(), log()), log());
    }

    private SqlMarks marks() {
        return new SqlMarks(facts(), log());
    }

    private FailoverFacts facts() {
        return SampleMarks.showing(SampleMarks.facts(folder, false), SHOWN).with(wishes);
    }

    private static EventLog log() {
        return EventLog.toStream(System.out, Level.ERROR, InstantSource.system(), ZoneOffset.UTC);
    }

    private Archive archive() {
        return SampleArchive.saved(folder);
    }
}
