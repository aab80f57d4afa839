package io.mha4j.execution.dry;

import io.mha4j.base.ServerId;
import io.mha4j.decision.Ballot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who would be tried, in this order, and behind them who would not, each with what the rules saw. */
final class CandidateWords {
    private CandidateWords() {}

    static List<String> of(Ballot ballot) {
        List<String> lines = new ArrayList<>(List.of("Candidates, in the order in which they would be tried:"));
        for (ServerId tried : ballot.order()) {
            int number = ballot.order().indexOf(tried) + 1;
            ballot.card(tried)
                    .ifPresent(card -> lines.add("  " + number + ". " + tried + ": eligible: " + card.grounds()));
        }
        Stream<Ballot.Card> others =
                ballot.cards().stream().filter(card -> !ballot.order().contains(card.server()));
        others.forEach(card -> lines.add("  not " + card.server() + ": "
                + (card.eligible() ? "another one was asked for by name" : card.objections())));
        return lines;
    }
}
