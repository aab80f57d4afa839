package io.mha4j.decision;

import io.mha4j.base.ServerId;
import java.util.Optional;

/** Where a failover stands once every receiver has stopped: the final election and what follows from it. */
final class Standing {
    private final FailoverFacts facts;
    private final Election election;
    private final Levelling levelling;

    Standing(FailoverFacts facts) {
        this.facts = facts;
        this.election = new Election(facts, Field.stoppedReceivers(facts), Field.spent(facts));
        this.levelling = new Levelling(facts, election, Field.spent(facts));
    }

    FailoverFacts facts() {
        return facts;
    }

    Ballot ballot() {
        return election.ballot();
    }

    Optional<ServerId> newSource() {
        return ballot().winner();
    }

    Rescue rescue() {
        return election.rescue();
    }

    Levelling levelling() {
        return levelling;
    }

    /** There must be a new source. */
    Repointing repointing() {
        return new Repointing(this);
    }
}
