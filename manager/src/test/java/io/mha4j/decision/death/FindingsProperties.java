package io.mha4j.decision.death;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nothing but every answer in favour makes a death certain. */
final class FindingsProperties {
    @Provide
    Arbitrary<Findings> findings() {
        Arbitrary<Proof> proofs = Arbitraries.of(
                new Proof.Shown("shown"),
                new Proof.Shown("also shown"),
                new Proof.Refuted("no"),
                new Proof.Unknown("?"));
        return Arbitraries.maps(Arbitraries.of(Question.class), proofs).map(Findings::new);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void certain_means_that_each_question_is_shown(@ForAll("findings") Findings found) {
        long shown = found.proofs().values().stream()
                .filter(Proof.Shown.class::isInstance)
                .count();
        assertThat(found.certain()).isEqualTo(shown == Question.values().length);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void one_answer_that_does_not_show_it_is_enough_to_go_on_counting(
            @ForAll("findings") Findings found, @ForAll Question question) {
        assertThat(found.with(question, new Proof.Unknown("?")).certain()).isFalse();
        assertThat(found.with(question, new Proof.Refuted("no")).certain()).isFalse();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void certain_but_for_one_becomes_certain_with_that_one(
            @ForAll("findings") Findings found, @ForAll Question question) {
        assertThat(found.certainBut(question))
                .isEqualTo(found.with(question, new Proof.Shown("yes")).certain());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void waiting_helps_only_against_a_process_or_a_port_that_is_still_there(@ForAll("findings") Findings found) {
        boolean onlyThose = found.proofs().entrySet().stream()
                .filter(entry -> !(entry.getValue() instanceof Proof.Shown))
                .allMatch(entry -> entry.getValue() instanceof Proof.Refuted
                        && (entry.getKey() == Question.PORT_REFUSES || entry.getKey() == Question.PROCESS_GONE));
        assertThat(found.mayStillShow()).isEqualTo(onlyThose && !found.against().isEmpty());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_later_look_counts(@ForAll("findings") Findings earlier, @ForAll("findings") Findings later) {
        Map<Question, Proof> both = earlier.and(later).proofs();
        assertThat(both).containsAllEntriesOf(later.proofs());
        earlier.proofs().forEach((question, proof) -> {
            if (!later.proofs().containsKey(question)) {
                assertThat(both).containsEntry(question, proof);
            }
        });
    }
}
