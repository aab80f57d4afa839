package io.mha4j.topology;

import java.util.List;
import java.util.function.Function;

/** What the rules make of a snapshot: a tree that can be managed, or the reasons why it is none. */
public sealed interface TreeReading permits ManagedTree, TreeReading.Refused {
    /** No tree; at least one reason. */
    record Refused(List<TreeRefusal> reasons) implements TreeReading {
        public Refused {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a refusal needs a reason");
            }
        }

        @Override
        public <R> R match(Function<ManagedTree, R> tree, Function<List<TreeRefusal>, R> refused) {
            return refused.apply(reasons);
        }
    }

    /** Applies the function for what this is. */
    <R> R match(Function<ManagedTree, R> tree, Function<List<TreeRefusal>, R> refused);
}
