package io.mha4j.cli.byhand;

import io.mha4j.base.ServerId;
import io.mha4j.cli.command.Questions;
import io.mha4j.cli.online.SuccessorQuestions;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.FailoverWishes.HostPort;
import io.mha4j.report.EventLog;
import java.util.Optional;
import java.util.function.Supplier;

/** What MHA asks before a failover by hand. An answer may take minutes, in which a master can come back. */
public final class FailoverQuestions {
    private final Questions questions;
    private final EventLog log;

    public FailoverQuestions(Questions questions, EventLog log) {
        this.questions = questions;
        this.log = log;
    }

    /**
     * What to fail over by; nothing when the answer is no. Nobody is asked about a failover that would be refused anyway: it
     * says why itself.
     *
     * @param seen what the person sees
     * @param look looks again, after the last answer; who would be elected then and was not agreed to is asked about
     */
    public Optional<FailoverFacts> agreed(FailoverFacts seen, Supplier<FailoverFacts> look) {
        FailoverFacts facts = seen;
        Optional<ServerId> winner = winner(facts);
        while (winner.isPresent()) {
            Optional<FailoverFacts> agreed = asked(facts, winner.get());
            if (agreed.isEmpty()) {
                return Optional.empty();
            }
            log.info("Looking again, because the answers took their time..");
            facts = look.get().with(agreed.get().wishes());
            winner = winner(facts);
            if (winner.equals(winner(agreed.get()))) {
                return Optional.of(facts);
            }
            winner.ifPresent(now -> log.warning("Meanwhile {} is the one that would be elected", now));
        }
        return Optional.of(facts);
    }

    /** Empty where there would be no failover. */
    private static Optional<ServerId> winner(FailoverFacts facts) {
        return facts.tree().sourceAlive()
                ? Optional.empty()
                : new FailoverPlanner().ballot(facts).winner();
    }

    private Optional<FailoverFacts> asked(FailoverFacts facts, ServerId winner) {
        if (!questions.yes("Master " + facts.tree().source() + " is dead. Proceed? (yes/NO): ")) {
            log.info("Not confirmed; nothing was changed");
            return Optional.empty();
        }
        return new SuccessorQuestions(questions, log)
                .answer(facts.tree(), winner)
                .map(chosen -> chosen.equals(winner) ? facts : facts.with(forcing(facts, chosen)));
    }

    private static FailoverWishes forcing(FailoverFacts facts, ServerId chosen) {
        return facts.wishes().forcing(new HostPort(chosen.host(), chosen.port()));
    }
}
