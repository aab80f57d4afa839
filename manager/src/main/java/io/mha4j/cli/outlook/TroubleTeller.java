package io.mha4j.cli.outlook;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.report.trouble.Trouble;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides when people are told of troubles, each state at a pace of its own: when one has lasted as long as its state
 * asks, and when it is over. For one thread at a time.
 */
public final class TroubleTeller {
    private final Ticks ticks;
    private final Map<Trouble.State, AlarmPace> paces = new EnumMap<>(Trouble.State.class);
    /** By state and server: when it has lasted long enough to be told. */
    private final Map<String, Deadline> patience = new HashMap<>();

    /** How people are told. */
    @FunctionalInterface
    public interface Way {
        /**
         * @param event    what has begun or ended
         * @param troubles of this state, as they are now; empty when all of them are over
         * @return whether they were told
         */
        boolean tell(String event, List<Trouble> troubles);
    }

    public TroubleTeller(Ticks ticks) {
        this.ticks = ticks;
        for (Trouble.State state : Trouble.State.values()) {
            paces.put(state, new AlarmPace(Set.of(), ticks));
        }
    }

    /** Looks at what is wrong now; called again and again. */
    void look(List<Trouble> present, Way way) {
        patience.keySet().retainAll(present.stream().map(TroubleTeller::key).collect(Collectors.toSet()));
        for (Trouble.State state : Trouble.State.values()) {
            List<Trouble> lasting = present.stream()
                    .filter(t -> t.state() == state)
                    .filter(this::lasts)
                    .toList();
            Set<String> whose = lasting.stream().map(Trouble::server).collect(Collectors.toCollection(TreeSet::new));
            AlarmPace pace = Objects.requireNonNull(paces.get(state));
            if (pace.isDue(whose) && way.tell(lasting.isEmpty() ? state.end() : state.event(), lasting)) {
                pace.told(whose);
            }
        }
    }

    private boolean lasts(Trouble trouble) {
        return trouble.state()
                .alarmAfter()
                .filter(time -> patience.computeIfAbsent(key(trouble), k -> Deadline.in(time, ticks))
                        .isOver())
                .isPresent();
    }

    private static String key(Trouble trouble) {
        return trouble.state() + " " + trouble.server();
    }
}
