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
        assertThatThrownBy(() -> places().reached(ONE, STATUS)).isInstanceOf(LevellingException.class);
    }

    /** What is saved this time may end before that. */
    @Test
    void one_that_has_more_than_is_asked_for_is_there() {
        SampleMarks.in(folder).given(archive(), ONE, SHOWN, FAR);
        assertThat(places().isAt(ONE, STATUS, GIVEN)).isTrue();
    }

    @Test
    void what_it_got_in_this_run_counts_beside_what_it_was_given_before() {
        SampleMarks.in(folder).given(archive(), ONE, SHOWN, GIVEN);
        Places places = places();
        places.level(ONE, SHOWN);
        assertThat(places.reached(ONE, STATUS)).contains(GIVEN);
        places.level(ONE, FAR);
        assertThat(places.reached(ONE, STATUS)).contains(FAR);
    }

    /** Its receiver may have been started again, and have fetched it once more; or it holds that back on purpose. */
    @Test
    void what_it_was_given_and_has_in_its_relay_log_is_not_executed_again() {
        ReplicaStatus received = SampleStatus.received(SHOWN, FAR);
        ReplicaStatus holdsBack = SampleStatus.delayed(SHOWN, Optional.of(GIVEN));
        assertThatCode(() -> places().requireNothingTwice(ONE, received)).doesNotThrowAnyException();
        assertThatCode(() -> places().requireNothingTwice(ONE, holdsBack)).doesNotThrowAnyException();
        SampleMarks.in(folder).given(archive(), ONE, SHOWN, GIVEN);
        assertThatThrownBy(() -> places().requireNothingTwice(ONE, received))
                .hasMessageContaining("must not execute them again")
                .hasMessageContaining(
                        "CHANGE MASTER TO MASTER_LOG_FILE='" + GIVEN.file() + "', MASTER_LOG_POS=" + GIVEN.offset());
        assertThatThrownBy(() -> places().requireNothingTwice(ONE, holdsBack))
                .hasMessageContaining("must not execute them again");
        assertThatCode(() -> places().requireNothingTwice(ONE, STATUS)).doesNotThrowAnyException();
        SampleMarks.in(folder).applying(archive(), OTHER, SHOWN, GIVEN);
        assertThatThrownBy(() -> places().requireNothingTwice(OTHER, received)).hasMessageContaining("build it anew");
    }

    /** The dead master may have sent the beginning of a transaction: that is not executed, and its SQL thread may wait for the rest. */
    @Test
    void one_that_has_received_nothing_since_does_no_harm() {
        SqlMarks.Shows shows = new SqlMarks.Shows(SHOWN, Optional.of(FAR));
        SampleMarks.in(folder).given(archive(), ONE, shows, GIVEN);
        assertThatCode(() -> places().requireNothingTwice(ONE, SampleStatus.received(SHOWN, FAR)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> places().requireNothingTwice(ONE, SampleStatus.received(SHOWN, GIVEN)))
                .hasMessageContaining("must not execute them again");
        assertThatThrownBy(() -> places().requireNothingTwice(ONE, SampleStatus.delayed(SHOWN, Optional.of(FAR))))
                .hasMessageContaining("must not execute them again");
    }

    /** Those of a delayed one would be executed a second time, once its delay is taken away. */
    @Test
    void only_one_that_came_to_the_end_of_its_relay_log_is_noted_as_having_executed_it() {
        ReplicaStatus stopped = SampleStatus.received(SHOWN, FAR);
        assertThat(places().executedUpTo(ONE, SampleStatus.idling(SHOWN, FAR), stopped))
                .contains(FAR);
        ReplicaStatus delayed = SampleStatus.delayed(SHOWN, Optional.of(FAR));
        assertThat(places().executedUpTo(ONE, delayed, delayed)).isEmpty();
        assertThat(places().executedUpTo(ONE, stopped, stopped)).isEmpty();
        assertThat(places().executedUpTo(ONE, SampleStatus.idling(SHOWN, GIVEN), stopped))
                .isEmpty();
    }

    @Test
    void so_is_one_that_has_received_nothing_since_it_was_noted_so() {
        ReplicaStatus stopped = SampleStatus.received(SHOWN, FAR);
        SampleMarks.in(folder).given(archive(), ONE, SHOWN, GIVEN);
        assertThat(places().executedUpTo(ONE, stopped, stopped)).isEmpty();
        SampleMarks.in(folder).given(archive(), ONE, new SqlMarks.Shows(SHOWN, Optional.of(FAR)), GIVEN);
        assertThat(places().executedUpTo(ONE, stopped, stopped)).contains(FAR);
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
