package io.mha4j.execution.simulation;

import io.mha4j.config.ServerSettings.FenceWay;
import io.mha4j.config.ServerSettings.UnreadableTail;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import io.mha4j.decision.StepResult.Fence;
import io.mha4j.decision.StepResult.Fenced;
import io.mha4j.decision.StepResult.Writer;
import io.mha4j.decision.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The old source and its host: perhaps it is not dead at all, takes writes, is ended, and comes back. */
final class OldSource {
    private final Fate fate;
    /** Transactions in its log; each that clients were told of is among them, or on a replica. */
    private int written;
    /** Transactions that clients had been told of when its log was last read. */
    private int writtenWhenRead = -1;
    /** The end of its log when it was first to be read. */
    private int writtenWhenTried = -1;
    /** The end of its log when it was last ended before anybody else was opened. */
    private int writtenWhenEnded = -1;

    private boolean runs;
    private boolean off;
    private boolean returned;
    private boolean triedToFence;
    private boolean watched;
    private boolean endedAtReturn;
    private final Set<String> told = new HashSet<>();

    OldSource(Fate fate) {
        this.fate = fate;
        this.written = fate.world().written() - fate.world().log().lost();
        this.runs = fate.source().runs();
    }

    /** Clients that still reach it write once at this point of the run, however often the manager comes by. */
    void clientsWrite(String when) {
        if (told.add(when) && runs) {
            written++;
        }
    }

    int written() {
        return written;
    }

    int writtenWhenRead() {
        return writtenWhenRead;
    }

    void tried() {
        writtenWhenTried = writtenWhenTried < 0 ? written : writtenWhenTried;
    }

    int writtenWhenTried() {
        return writtenWhenTried;
    }

    int writtenWhenEnded() {
        return writtenWhenEnded;
    }

    boolean runs() {
        return runs;
    }

    boolean isOff() {
        return off;
    }

    boolean wasTriedToFence() {
        return triedToFence;
    }

    /** Whether it is within reach again when somebody else is to be opened. */
    boolean answersAgain() {
        return runs && fate.luck("the old source answers again", 3) == 0;
    }

    /** Why nobody else may be opened now. */
    List<String> objections() {
        List<String> objections = new ArrayList<>();
        boolean watchable = fate.world().log().ssh() && fate.world().setting().fence() == FenceWay.SSH;
        boolean seen = fate.fault(new Step.Fence(World.id(0))) == Fate.Fault.NONE
                && fate.fault(new Step.AwaitFence(World.id(0))) == Fate.Fault.NONE;
        if (watchable && seen && mayReturn()) {
            objections.add("before the old source was seen to stay away");
        }
        if (fate.world().log().fenceRequired() && runs) {
            objections.add("beside the living old source, though require_fence=1");
        }
        boolean mustBeRead = fate.world().log().unreadable() == UnreadableTail.STOP
                && fate.world().wishes().saveTail();
        if (mustBeRead && writtenWhenRead < 0) {
            objections.add("though the old source's log was not read and on_unreadable_tail=stop");
        }
        if (answersAgain()) {
            objections.add("beside an old source that answers again");
        }
        return objections;
    }

    /** Whether something may still bring it back that nobody has waited for. */
    private boolean mayReturn() {
        return fate.source().supervised() && !watched && !off;
    }

    void switchOff() {
        off = true;
        runs = false;
    }

    void killed() {
        runs = false;
        writtenWhenEnded = written;
    }

    /** @throws Cluster.NotDone if SSH to it is dead, for now or for good */
    void requireHost() {
        if (!fate.hostAnswers()) {
            throw new Cluster.NotDone("SSH to the old source's host does not answer");
        }
    }

    Fenced fence() {
        triedToFence = true;
        boolean late = writtenWhenRead >= 0;
        if (late) {
            clientsWrite("after its log was read, before it was fenced");
        }
        if (fate.source().fence() == Fence.PROVEN || off) {
            runs = false;
            boolean seen = fate.fault(new Step.Fence(World.id(0))) == Fate.Fault.NONE;
            writtenWhenEnded = late && seen ? written : writtenWhenEnded;
            return seen(Fence.PROVEN, false, "its process is gone");
        }
        return seen(runs ? fate.source().fence() : Fence.UNKNOWN, false, "nobody could look");
    }

    /**
     * One that comes back does so while it is watched, or it never does.
     *
     * @param inTime whether what it wrote then can still be given to the new source
     */
    Fenced await(boolean inTime) {
        watched = true;
        if (fate.source().returns() && !returned && !off) {
            returned = true;
            runs = true;
            clientsWrite("it came back");
        }
        Fence end = off ? Fence.PROVEN : fate.source().awaited();
        endedAtReturn |= returned;
        if (returned && end != Fence.PROVEN) {
            // Who runs again is not read any more, whatever it wrote before it was ended for the first time.
            writtenWhenEnded = -1;
        }
        if (end == Fence.PROVEN) {
            runs = false;
            boolean seen = fate.fault(new Step.AwaitFence(World.id(0))) == Fate.Fault.NONE;
            writtenWhenEnded = inTime && seen ? written : writtenWhenEnded;
        }
        return seen(end, returned, end == Fence.PROVEN ? "nothing came back" : "nobody could look");
    }

    private Fenced seen(Fence state, boolean cameBack, String how) {
        return new Fenced(state, fate.source().supervised(), cameBack, how);
    }

    boolean cameBack() {
        return endedAtReturn;
    }

    /** What is read of its log from a place to its end. */
    StepResult.Saved read(Step.SaveTail step) {
        World world = fate.world();
        int place = World.transactions(step.from());
        requireHost();
        if (off) {
            throw new Cluster.NotDone(step.server() + " does not answer");
        }
        if (place < world.log().from()) {
            throw new Cluster.NotDone("the binary log of transaction " + place + " was purged");
        }
        boolean again = step.behind().isPresent();
        if (!again || fate.fault(step) == Fate.Fault.NONE) {
            writtenWhenRead = written;
        }
        int from = step.behind().map(World::before).orElse(place);
        boolean lost = from > written;
        int to = Math.max(from, written);
        Optional<String> torn =
                fate.source().torn() ? Optional.of("half a transaction of " + step.server()) : Optional.empty();
        boolean unseen = fate.luck("who has its log open", 6) == 0;
        return new StepResult.Saved(
                (again ? "tail with its rest from " : "tail from ") + from,
                World.sourcePosition(from),
                World.sourcePosition(to),
                World.sourcePosition(to),
                100L * (to - from),
                to - from,
                world.gtids() && !lost ? Optional.of(world.executed(written)) : Optional.empty(),
                lost ? Optional.of("its end was lost") : torn,
                lost,
                unseen ? Writer.UNKNOWN : runs ? Writer.ALIVE : Writer.GONE,
                StepResult.Restart.NO);
    }
}
