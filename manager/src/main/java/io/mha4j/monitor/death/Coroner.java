package io.mha4j.monitor.death;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.decision.death.Findings;
import io.mha4j.decision.death.Proof;
import io.mha4j.decision.death.Question;
import io.mha4j.monitor.DeathListener;
import io.mha4j.monitor.DeathProof;
import io.mha4j.monitor.Slot;
import io.mha4j.topology.details.ServerFiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Remembers which process the source is while it answers, anew for each connection and once a minute, and looks for proof of
 * its death when it does not. What is cheap comes first; the secondary check is asked only if it alone is missing, and
 * whatever took long is followed by another look, so that what decides is fresh.
 */
public final class Coroner implements DeathProof {
    private static final Duration REFRESH = Duration.ofMinutes(1);

    /** How long the end of a process and of its sockets may lie apart. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /** For one look where the failed check has taken the whole round, so that the log tells what was seen. */
    private static final Duration LEAST = Duration.ofMillis(50);

    private final Scene scene;
    private final DeathListener listener;
    private final Ticks ticks;
    private final Sleeper sleeper;

    private Optional<Slot<Scene.Seen>> seeing = Optional.empty();
    private Optional<Slot<Proof>> routes = Optional.empty();
    private List<String> told = List.of();
    private Deadline nextLook;

    /** Who the source is behind which connection; written by the thread that looks. */
    private OptionalLong connection = OptionalLong.empty();

    private Optional<Scene.Seen> seen = Optional.empty();

    public Coroner(Scene scene, DeathListener listener, Ticks ticks, Sleeper sleeper) {
        this.scene = scene;
        this.listener = listener;
        this.ticks = ticks;
        this.sleeper = sleeper;
        this.nextLook = Deadline.in(Duration.ZERO, ticks);
    }

    @Override
    public void answered() {
        routes = Optional.empty();
        told = List.of();
        seeing.flatMap(Slot::ifDone).ifPresent(done -> seeing = Optional.empty());
        OptionalLong now = scene.connection();
        boolean another = turnTo(now);
        if (now.isPresent() && (another || (seeing.isEmpty() && nextLook.isOver()))) {
            nextLook = Deadline.in(REFRESH, ticks);
            Optional<ServerFiles> files = scene.files();
            seeing = Optional.of(Slot.start("who is it", ticks, () -> see(now, files)));
        }
    }

    /** What was seen over another connection may have been another process. Answers whether it is another one. */
    private synchronized boolean turnTo(OptionalLong now) {
        boolean another = !now.equals(connection);
        if (another) {
            connection = now;
            seen = Optional.empty();
        }
        return another;
    }

    private Scene.Seen see(OptionalLong over, Optional<ServerFiles> files) {
        Scene.Seen found = files.map(scene::see)
                .orElseGet(() -> new Scene.Seen.NotFound("it does not tell where its process file is"));
        note(over, found);
        return found;
    }

    /** A look that fails after one that did not changes nothing. */
    private synchronized void note(OptionalLong over, Scene.Seen now) {
        boolean worse = now instanceof Scene.Seen.NotFound && seen.orElse(now) instanceof Scene.Seen.Found;
        if (over.equals(connection) && !worse) {
            if (seen.filter(now::isSame).isEmpty()) {
                tell(now);
            }
            seen = Optional.of(now);
        }
    }

    private synchronized Optional<Instance> known() {
        return seen.flatMap(Scene.Seen::process);
    }

    private void tell(Scene.Seen now) {
        if (now instanceof Scene.Seen.Found found) {
            listener.known(found.instance().sentence());
        } else if (now instanceof Scene.Seen.NotFound not) {
            listener.unknown(not.why());
        }
    }

    @Override
    public boolean proves(Deadline round) {
        Findings found =
                find(round, Deadline.in(round.remaining().compareTo(LEAST) < 0 ? LEAST : round.remaining(), ticks));
        if (found.certain()) {
            listener.certain(found.sentences());
            return true;
        }
        if (!found.against().equals(told)) {
            told = found.against();
            listener.uncertain(told);
        }
        return false;
    }

    private Findings find(Deadline round, Deadline limit) {
        Optional<Instance> known = known();
        if (known.isEmpty()) {
            return Findings.NONE.with(Question.KNOWN, new Proof.Unknown("it is not known which process it was"));
        }
        Instance instance = known.get();
        Findings found = settled(instance, round, limit);
        if (!found.certainBut(Question.NOT_REACHED)) {
            routes = Optional.empty();
            return found;
        }
        if (!scene.hasRoutes()) {
            return found.with(Question.NOT_REACHED, new Proof.Shown("no secondary_check_script is set"));
        }
        Proof reached = askRoutes(round);
        return settled(instance, round, limit).with(Question.NOT_REACHED, reached);
    }

    /** Asked once in a suspicion; the answer may come in a later round. */
    private Proof askRoutes(Deadline round) {
        Slot<Proof> asked = routes.orElseGet(() -> Slot.start("routes", ticks, scene::notReached));
        routes = Optional.of(asked);
        return asked.await(round, () -> new Proof.Unknown("secondary_check_script has not answered yet"));
    }

    /** Looks until the answer can be relied on, but not beyond the round; once in any case, within the limit. */
    private Findings settled(Instance instance, Deadline round, Deadline limit) {
        // What is left of the round is for the last look.
        Duration half = round.remaining().dividedBy(2);
        Deadline settling = Deadline.in(half.compareTo(SETTLING) < 0 ? half : SETTLING, ticks);
        Findings found = look(instance, limit);
        while (found.mayStillShow() && !settling.isOver()) {
            rest(settling.atMost(BETWEEN_LOOKS));
            found = look(instance, limit);
        }
        return found;
    }

    private Findings look(Instance instance, Deadline limit) {
        Proof known = new Proof.Shown("it was process %d (%s)".formatted(instance.pid(), instance.name()));
        return scene.look(instance, limit).with(Question.KNOWN, known);
    }

    private void rest(Deadline until) {
        try {
            sleeper.sleep(until.remaining());
        } catch (InterruptedException e) {
            throw InterruptedWork.during("looking for proof of a death", e);
        }
    }
}
