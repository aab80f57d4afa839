package io.mha4j.decision.death;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Predicate;

/**
 * What one look at a source that stopped answering has found.
 *
 * @param proofs by question; a question that nobody answered is as good as one that cannot be answered
 */
public record Findings(Map<Question, Proof> proofs) {
    public static final Findings NONE = new Findings(Map.of());

    public Findings {
        Map<Question, Proof> copy = new EnumMap<>(Question.class);
        copy.putAll(proofs);
        proofs = Collections.unmodifiableMap(copy);
    }

    /** The same with one more answer, or another one. */
    public Findings with(Question question, Proof proof) {
        Map<Question, Proof> more = new EnumMap<>(Question.class);
        more.putAll(proofs);
        more.put(question, proof);
        return new Findings(more);
    }

    /** The same with what the other look has found, which counts where both have an answer. */
    public Findings and(Findings other) {
        Map<Question, Proof> more = new EnumMap<>(Question.class);
        more.putAll(proofs);
        more.putAll(other.proofs);
        return new Findings(more);
    }

    /** The rule: every question is answered, and every answer shows it. */
    public boolean certain() {
        return shows(question -> true);
    }

    /** Whether nothing but an answer to {@code last} is missing, or is against it. */
    public boolean certainBut(Question last) {
        return shows(question -> question != last);
    }

    private boolean shows(Predicate<Question> wanted) {
        return List.of(Question.values()).stream()
                .filter(wanted)
                .allMatch(question -> proofs.get(question) instanceof Proof.Shown);
    }

    /** Whether it is worth looking again in a moment: all that is against it is what takes a moment to show. */
    public boolean mayStillShow() {
        List<Entry<Question, Proof>> against = proofs.entrySet().stream()
                .filter(entry -> !(entry.getValue() instanceof Proof.Shown))
                .toList();
        return !against.isEmpty()
                && against.stream()
                        .allMatch(entry -> entry.getKey().settlesSoon() && entry.getValue() instanceof Proof.Refuted);
    }

    /** What was seen, in the order of the questions. */
    public List<String> sentences() {
        return proofs.values().stream().map(Proof::what).toList();
    }

    /** What keeps it from being certain. */
    public List<String> against() {
        return proofs.values().stream()
                .filter(proof -> !(proof instanceof Proof.Shown))
                .map(Proof::what)
                .toList();
    }
}
