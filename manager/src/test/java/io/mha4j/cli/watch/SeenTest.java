package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.execution.rejoin.Comparison;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeenTest {
    @Test
    void people_are_called_for_one_that_has_diverged_or_could_not_be_attached() {
        Seen.Handled diverged = Seen.Handled.of(new Homecoming.End.Diverged(
                new Comparison.Diverged("3 transactions are its own", Optional.empty(), Optional.empty())));
        assertThat(diverged.sentence()).contains("has diverged: 3 transactions are its own");
        assertThat(diverged.event()).contains("old master has diverged");
        assertThat(Seen.Handled.of(new Homecoming.End.Refused("too old")).event())
                .contains("old master was not attached");
        assertThat(Seen.Handled.failed("no way in").event()).contains("old master was not attached");
    }

    @Test
    void nobody_is_called_for_one_that_came_home_or_is_for_a_person_to_attach() {
        assertThat(Seen.Handled.of(new Homecoming.End.Home("replicates")).event())
                .isEmpty();
        assertThat(Seen.Handled.of(new Homecoming.End.Offered("sync_binlog=0")).event())
                .isEmpty();
    }
}
