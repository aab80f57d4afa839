package io.mha4j.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class LambdasTest {
    private static final boolean[] INITIALISED = new boolean[1];

    /** One of each kind of method that a lambda may call, and constants of every size before them. */
    static final class Every {
        static {
            INITIALISED[0] = true;
        }

        private final String word = "w";

        List<Object> all() {
            long big = 1L << 40;
            double broken = 0.125;
            Supplier<String> ofThis = () -> word;
            Supplier<Double> captured = () -> big * broken + word.length();
            Function<String, Integer> virtual = String::length;
            Function<List<String>, Integer> ofInterface = List::size;
            IntFunction<int[]> constructor = int[]::new;
            Supplier<ArrayList<String>> made = ArrayList::new;
            ToLongFunction<String> fixed = Long::parseLong;
            ToLongFunction<String> again = Long::parseLong;
            return List.of(ofThis, captured, virtual, ofInterface, constructor, made, fixed, again);
        }
    }

    static final class None {}

    @Test
    void each_lambda_of_a_class_is_linked_as_often_as_it_is_made_and_its_code_is_not_run() {
        assertThat(Lambdas.link(Every.class)).isEqualTo(8);
        assertThat(INITIALISED[0]).isFalse();
        assertThat(new Every().all()).hasSize(8);
    }

    @Test
    void a_class_without_lambdas_has_nothing_to_link() {
        assertThat(Lambdas.link(None.class)).isZero();
        assertThat(Lambdas.link(int.class)).isZero();
    }
}
