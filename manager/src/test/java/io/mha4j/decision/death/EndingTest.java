package io.mha4j.decision.death;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.decision.death.Ending.ProcessFile;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndingTest {
    private static final OptionalInt NO_LOG = OptionalInt.empty();

    @Test
    void a_process_file_that_is_left_shows_that_nobody_stopped_it() {
        assertThat(new Ending(ProcessFile.LEFT, OptionalInt.of(0)).notStopped()).isInstanceOf(Proof.Shown.class);
        assertThat(new Ending(ProcessFile.LEFT, NO_LOG).notStopped()).isInstanceOf(Proof.Shown.class);
    }

    @Test
    void a_server_killed_while_it_was_stopping_was_stopped() {
        assertThat(new Ending(ProcessFile.LEFT, OptionalInt.of(1)).notStopped()).isInstanceOf(Proof.Refuted.class);
    }

    @ParameterizedTest
    @EnumSource(value = ProcessFile.class, mode = EnumSource.Mode.EXCLUDE, names = "LEFT")
    void any_other_process_file_does_not_show_it(ProcessFile file) {
        assertThat(new Ending(file, OptionalInt.of(0)).notStopped()).isNotInstanceOf(Proof.Shown.class);
        assertThat(new Ending(file, NO_LOG).notStopped()).isNotInstanceOf(Proof.Shown.class);
    }

    @ParameterizedTest
    @EnumSource(Fate.class)
    void only_a_process_that_is_seen_to_be_gone_is_gone(Fate fate) {
        assertThat(fate.gone(7) instanceof Proof.Shown).isEqualTo(fate == Fate.GONE);
    }
}
