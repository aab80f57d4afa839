package io.mha4j.execution.dry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.Ballot.Card;
import io.mha4j.decision.Ballot.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CandidateWordsTest {
    private static final ServerId B = server(1);
    private static final ServerId C = server(2);
    private static final ServerId D = server(3);

    @Test
    void thoseWhoWouldBeTriedComeFirstInTheirOrder() {
        Ballot ballot = new Ballot(
                Optional.of(D),
                "candidate_master=1",
                List.of(B, D),
                List.of(card(B, true, "on"), card(C, false, "log_bin is off"), card(D, true, "on")),
                List.of(D, B));
        assertThat(CandidateWords.of(ballot))
                .containsExactly(
                        "Candidates, in the order in which they would be tried:",
                        "  1. " + D + ": eligible: log_bin: on",
                        "  2. " + B + ": eligible: log_bin: on",
                        "  not " + C + ": log_bin is off");
    }

    @Test
    void whoeverIsNotAskedForIsNotTried() {
        Ballot ballot = new Ballot(
                Optional.of(C),
                "asked for on the command line",
                List.of(),
                List.of(card(B, true, "on"), card(C, true, "on")),
                List.of(C));
        assertThat(CandidateWords.of(ballot)).last().isEqualTo("  not " + B + ": another one was asked for by name");
    }

    private static Card card(ServerId server, boolean passed, String text) {
        return new Card(server, List.of(new Finding("log_bin", passed, text)));
    }

    private static ServerId server(int n) {
        return new ServerId(n, "server" + n, "host" + n, "10.0.0." + n, 3306);
    }
}
