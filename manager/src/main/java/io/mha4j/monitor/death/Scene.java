package io.mha4j.monitor.death;

import io.mha4j.base.Deadline;
import io.mha4j.decision.death.Findings;
import io.mha4j.decision.death.Proof;
import io.mha4j.topology.details.ServerFiles;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a coroner looks. Every answer comes by its deadline. */
public interface Scene {
    /** The kept connection to the source, by a number that another one does not have; empty while there is none. */
    OptionalLong connection();

    /** Where the source's files are, asked over the kept connection; empty if it does not tell. */
    Optional<ServerFiles> files();

    /** Which process the source is. */
    Seen see(ServerFiles files);

    /** What is left of it now: every question but {@code KNOWN} and {@code NOT_REACHED}. */
    Findings look(Instance instance, Deadline deadline);

    /** Whether somebody else has to be asked who reaches the source, which may take long. */
    boolean hasRoutes();

    /** Asks them. */
    Proof notReached();

    /** What became of a look at the living source. */
    sealed interface Seen {
        /** The process; empty when it cannot be told. */
        Optional<Instance> process();

        /** Whether the other look saw the same, but for what changes while a server works. */
        default boolean isSame(Seen other) {
            return equals(other);
        }

        record Found(Instance instance) implements Seen {
            @Override
            public Optional<Instance> process() {
                return Optional.of(instance);
            }

            @Override
            public boolean isSame(Seen other) {
                return other instanceof Found found
                        && found.instance.withLogEnd(0).equals(instance.withLogEnd(0));
            }
        }

        /** It cannot be told which process it is. */
        record NotFound(String why) implements Seen {
            @Override
            public Optional<Instance> process() {
                return Optional.empty();
            }
        }
    }
}
