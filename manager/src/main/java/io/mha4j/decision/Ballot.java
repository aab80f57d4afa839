package io.mha4j.decision;

import io.mha4j.base.ServerId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How an election went: who won and why, and every candidate against every rule.
 *
 * @param winner the new source, if anybody may be
 * @param reason one clause, for example {@code candidate_master=1 and up to date}
 * @param latest those who received most, in section order
 * @param cards  one for each living replica, in section order
 * @param order  who would be tried, the first one first: each if those before it fail before they are opened
 */
public record Ballot(
        Optional<ServerId> winner, String reason, List<ServerId> latest, List<Card> cards, List<ServerId> order) {
    public Ballot {
        latest = List.copyOf(latest);
        cards = List.copyOf(cards);
        order = List.copyOf(order);
    }

    /** A candidate and what each rule found. */
    public record Card(ServerId server, List<Finding> findings) {
        public Card {
            findings = List.copyOf(findings);
        }

        /** Whether no rule speaks against it. */
        public boolean eligible() {
            return findings.stream().allMatch(Finding::passed);
        }

        /** What each rule saw of one that none speaks against. */
        public String grounds() {
            return findings.stream().map(f -> f.rule() + ": " + f.text()).collect(Collectors.joining("; "));
        }

        /** What speaks against it, for example {@code no_master=1, log_bin is off}. */
        public String objections() {
            return findings.stream().filter(f -> !f.passed()).map(Finding::text).collect(Collectors.joining(", "));
        }
    }

    /** @param text the value that the rule looked at, in a form that reads after the server's name */
    public record Finding(String rule, boolean passed, String text) {}

    public Optional<Card> card(ServerId server) {
        return cards.stream().filter(c -> c.server().equals(server)).findFirst();
    }

    /** Why the others were not chosen: {@code b (no_master=1), c (log_bin is off)}. */
    public String explanation() {
        String passedOver = cards.stream()
                .filter(c -> !c.eligible())
                .map(c -> c.server() + " (" + c.objections() + ")")
                .collect(Collectors.joining(", "));
        return passedOver.isEmpty() ? "no living replica" : passedOver;
    }
}
