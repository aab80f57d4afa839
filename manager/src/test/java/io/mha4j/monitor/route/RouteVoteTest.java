package io.mha4j.monitor.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteVoteTest {
    @ParameterizedTest
    @CsvSource({
        "reached, REACHED",
        "not, GONE",
        "unusable, UNKNOWN",
        "'', UNKNOWN",
        "not unusable, GONE",
        "not unusable unusable, GONE",
        "reached unusable unusable, REACHED",
        "reached not, REACHED",
        "reached not not, GONE",
        "reached reached not, REACHED"
    })
    void the_majority_of_those_that_can_tell_counts(String answers, RouteVote vote) {
        List<RouteAnswer> given = Arrays.stream(answers.split(" "))
                .filter(answer -> !answer.isEmpty())
                .map(RouteVoteTest::answer)
                .toList();
        assertThat(RouteVote.of(given)).isEqualTo(vote);
    }

    private static RouteAnswer answer(String word) {
        return switch (word) {
            case "reached" -> new RouteAnswer.Reached();
            case "not" -> new RouteAnswer.NotReached("refused");
            default -> new RouteAnswer.Unusable("lost");
        };
    }
}
