package io.mha4j.monitor;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.mysql.Sweep;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Prior;
import io.mha4j.topology.Snapshot;
import io.mha4j.topology.TreeReading;
import io.mha4j.topology.TreeRefusal;
import io.mha4j.topology.TreeRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One look at all servers of an application, and what tree they form. */
public final class TreeLook {
    /** MHA's connect time-out is 4 s; a look adds the questions. */
    public static final Duration PER_SERVER = Duration.ofSeconds(5);

    private final Sweep sweep;

    public TreeLook(Sweep sweep) {
        this.sweep = sweep;
    }

    /**
     * What was seen and what it means.
     *
     * @param snapshot the sweep
     * @param tree     the tree it shows
     */
    public record Seen(Snapshot snapshot, ManagedTree tree) {}

    /** The servers form no tree that can be managed; the message has one sentence per reason. */
    public static final class NoTree extends MhaException {
        private final List<TreeRefusal> reasons;

        NoTree(List<TreeRefusal> reasons) {
            super(reasons.stream().map(TreeRefusal::sentence).collect(Collectors.joining("\n")));
            this.reasons = List.copyOf(reasons);
        }

        public List<TreeRefusal> reasons() {
            return reasons;
        }
    }

    /**
     * Looks now.
     *
     * @param prior what is known from before; a source found dead is not asked again
     * @throws NoTree if the servers form no tree
     */
    public Seen at(Application app, Prior prior) {
        Set<ServerId> dead = prior.deadSource().map(Set::of).orElse(Set.of());
        Snapshot snapshot = sweep.sweep(app.servers(), dead, PER_SERVER);
        TreeReading reading = TreeRules.read(app, snapshot, prior);
        if (reading instanceof TreeReading.Refused refused) {
            throw new NoTree(refused.reasons());
        }
        return new Seen(snapshot, (ManagedTree) reading);
    }
}
