package io.mha4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.cli.pause.PausedException;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.execution.LockHeldException;
import io.mha4j.execution.Sessions;
import io.mha4j.report.PauseFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is done with an old master that takes no writes where {@code auto_rejoin=1} asks for it. */
final class AttachedMastersTest extends ReturnedMasters {
    @Test
    void one_that_was_built_anew_is_attached_whatever_came_of_it_before() {
        held = true;
        for (Supplier<Homecoming.End> first :
                List.<Supplier<Homecoming.End>>of(() -> diverged(Optional.empty()), () -> failing("SSH refuses"))) {
            comparison = first;
            Look look = new Look("  a  source read_only=1 auto_rejoin=1", "  b  source");
            for (int looks = 0; looks < 6; looks++) {
                look.bringsHome();
                beside.forEach(Runnable::run);
                beside.clear();
                now = now.plus(Duration.ofMinutes(11));
            }
            comparison = () -> EQUAL;
            returns.clear();
            returns.add(() -> new Homecoming.End.Home("follows again"));
            written = written + "-anew";
            look.returns();
            for (int looks = 0; looks < 3; looks++) {
                beside.forEach(Runnable::run);
                beside.clear();
                now = now.plus(Duration.ofMinutes(11));
                look.bringsHome();
            }
            assertThat(returns).isEmpty();
            assertThat(log()).endsWith("follows again\n");
        }
    }

    @Test
    void a_guard_attaches_nobody_whatever_the_configuration_says() {
        attaches = false;
        Look look = new Look("  a  source read_only=1 auto_rejoin=1", "  b  source");
        look.bringsHome();
        look.bringsHome();
        assertThat(compared).hasSize(1);
        assertThat(log()).contains("it is left read-only");
    }

    @Test
    void one_that_has_diverged_is_attached_by_nobody() {
        comparison = () -> diverged(Optional.empty());
        Look look = new Look("  a  source read_only=1 auto_rejoin=1", "  b  source");
        look.bringsHome();
        look.bringsHome();
        assertThat(log()).contains("has diverged").doesNotContain("attached");
    }

    @Test
    void one_that_was_compared_and_takes_writes_again_is_told_and_compared_again() {
        returns.add(() -> new Homecoming.End.Refused("first"));
        returns.add(() -> new Homecoming.End.Refused("second"));
        Look look = new Look("  a  source auto_rejoin=1", "  b  source");
        look.bringsHome();
        look.bringsHome();
        assertThat(returns).hasSize(1);
        closed.clear();
        look.bringsHome();
        look.bringsHome();
        assertThat(returns).isEmpty();
        assertThat(rung)
                .containsExactly(
                        "old master was made read-only",
                        "old master was not attached",
                        "old master was made read-only",
                        "old master was not attached");
        assertThat(log())
                .containsSubsequence(
                        "it was made read-only", "is not attached: first", "it was made read-only", "attached: second");
    }

    @Test
    void one_that_waits_for_the_end_of_a_pause_is_told_once() {
        PauseFile.Pause pause = new PauseFile.Pause(Instant.EPOCH, Optional.empty(), "new disks");
        for (int looks = 0; looks < 3; looks++) {
            returns.add(() -> {
                throw new PausedException("it waits", pause);
            });
        }
        returns.add(() -> new Homecoming.End.Home("follows again"));
        Look look = new Look("  a  source read_only=1 auto_rejoin=1", "  b  source");
        look.bringsHome();
        look.bringsHome();
        look.bringsHome();
        assertThat(log()).containsOnlyOnce("answers again, read-only").containsOnlyOnce("waits to be compared");
        look.bringsHome();
        assertThat(log()).contains("answers again, and follows again");
    }

    @Test
    void one_at_which_somebody_else_works_is_attached_afterwards() {
        Look look = new Look("  a  source read_only=1 auto_rejoin=1", "  b  source");
        for (int looks = 0; looks < 2; looks++) {
            returns.add(() -> {
                throw new LockHeldException(look.scenario.id("a"), Sessions.FAILOVER_LOCK);
            });
        }
        returns.add(() -> new Homecoming.End.Home("follows again"));
        look.bringsHome();
        look.bringsHome();
        assertThat(log()).containsOnlyOnce("waits to be compared").contains("is held by another session");
        look.bringsHome();
        assertThat(log()).contains("answers again, and follows again");
    }
}
