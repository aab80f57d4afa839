package io.mha4j.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.archive.Archive;
import io.mha4j.archive.SampleArchive;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.World;
import io.mha4j.execution.level.SampleMarks;
import io.mha4j.execution.level.SqlMarks;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.SampleStatus;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas that an earlier failover gave events over SQL, by position. */
final class PlacesTest {
    private static final ServerId ONE = World.id(1);
    private static final ServerId OTHER = World.id(2);
    private static final BinlogPosition SHOWN = SampleArchive.START;
    private static final BinlogPosition GIVEN = new BinlogPosition(SHOWN.file(), 578);
    /** Nobody shows as much. */
    private static final BinlogPosition FAR = new BinlogPosition(SHOWN.file(), 5000);

    private static final ReplicaStatus STATUS = SampleStatus.at(SHOWN);

    @TempDir
    private Path folder;

    @Test
    void one_that_was_given_events_is_behind_them() {
        SampleMarks.in(folder).given(archive(), ONE, SHOWN, GIVEN);
        assertThat(places().of(ONE, STATUS)).contains(GIVEN);
        assertThat(places().isAt(ONE, STATUS, GIVEN)).isTrue();
        assertThat(places().isAt(ONE, STATUS, archive().end())).isFalse();
        assertThat(places().of(OTHER, STATUS)).contains(SHOWN);
    }

    @Test
    void one_of_which_nobody_knows_is_named() {
        SampleMarks.in(folder).applying(archive(), ONE, SHOWN, GIVEN);
        assertThatThrownBy(() -> places().isAt(ONE, STATUS, SHOWN))
                .isInstanceOf(LevellingException.class)
                .hasMessageContaining(ONE + " cannot be levelled: ")
                .hasMessageContaining("build it anew");
        assertThatThrownBy(() -> places().requireShown(ONE, STATUS)).isInstanceOf(LevellingException.class);
    }

    /** The dead master's log may not be readable any more: others that show the same would be pointed behind what they lack. */
    @Test
    void one_that_has_more_than_was_saved_this_time_is_level_with_nobody() {
        SampleMarks.in(folder).given(archive(), ONE, SHOWN, FAR);
        assertThatThrownBy(() -> places().isAt(ONE, STATUS, SHOWN)).hasMessageContaining("others would lack them");
        assertThatThrownBy(() -> places().requireShown(ONE, STATUS)).hasMessageContaining("others would lack them");
        assertThatCode(() -> places().requireShown(OTHER, STATUS)).doesNotThrowAnyException();
    }

    @Test
    void one_that_has_more_than_was_saved_this_time_is_level_with_those_that_have_it_too() {
        SqlMarks marks = SampleMarks.in(folder);
        marks.given(archive(), ONE, SHOWN, FAR);
        BinlogPosition otherShown = SampleMarks.facts(folder, false)
                .tree()
                .replica(OTHER)
                .orElseThrow()
                .status()
                .applied()
                .orElseThrow();
        marks.given(archive(), OTHER, otherShown, FAR);
        assertThatCode(() -> places().requireShown(ONE, STATUS)).doesNotThrowAnyException();
    }

    @Test
    void one_that_is_levelled_in_this_run_may_show_less_than_it_has() {
        SampleMarks.in(folder).given(archive(), ONE, SHOWN, GIVEN);
        Places places = places();
        places.level(ONE);
        assertThatCode(() -> places.requireShown(ONE, STATUS)).doesNotThrowAnyException();
    }

    @Test
    void what_it_holds_back_on_purpose_and_was_given_is_not_executed_again() {
        ReplicaStatus holdsBack = SampleStatus.delayed(SHOWN, Optional.of(GIVEN));
        assertThatCode(() -> places().requireNothingTwice(ONE, holdsBack)).doesNotThrowAnyException();
        SampleMarks.in(folder).given(archive(), ONE, SHOWN, GIVEN);
        assertThatThrownBy(() -> places().requireNothingTwice(ONE, holdsBack))
                .hasMessageContaining("must not execute that again");
        assertThatCode(() -> places().requireNothingTwice(ONE, STATUS)).doesNotThrowAnyException();
    }

    private Places places() {
        return new Places(
                SampleMarks.facts(folder, false),
                EventLog.toStream(System.out, Level.ERROR, InstantSource.system(), ZoneOffset.UTC));
    }

    private Archive archive() {
        return SampleArchive.saved(folder);
    }
}
