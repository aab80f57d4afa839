package io.mha4j.lab.bench;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.bench.Ground.Mover;
import io.mha4j.lab.fault.Misfortune;
import io.mha4j.lab.fault.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Ways in which a source dies under the manager's eyes: how long until it decides, and until clients write again. */
final class DeathBench {
    /** In seconds, with {@code ping_interval=1}. */
    private static final double INTERVAL = 1.0;

    private static final double READY = 2.0;

    private final Ground.Plan plan;
    private final int runs;

    /** A way to die, whether {@code certain_death} is on, and how long the decision may take. */
    enum Way {
        /** Killed: certain at once. */
        KILL(Scenario.KILL9, true, 0.25),
        /** The same with transactions that no replica has; three tenths of a second more for clients. */
        UNRECEIVED(Scenario.UNRECEIVED, true, 0.25),
        /** Killed, and only counted: four failures, the first of them at once. */
        COUNTED(Scenario.KILL9, false, 4 * INTERVAL + 0.2),
        /** Stands still: the wait for the first ping, its time-out, three more. */
        FREEZE(Scenario.FREEZE, true, 5 * INTERVAL + 0.3),
        /** The whole host. */
        HOSTGONE(Scenario.HOSTGONE, true, 5 * INTERVAL + 0.3);

        private final Scenario scenario;
        private final boolean certain;
        private final double decided;

        Way(Scenario scenario, boolean certain, double decided) {
            this.scenario = scenario;
            this.certain = certain;
            this.decided = decided;
        }

        private double client(Mover mover) {
            double quick = mover == Mover.VIP ? 0.6 : 1.0;
            return switch (this) {
                case KILL -> quick;
                case UNRECEIVED -> quick + 0.3;
                case COUNTED -> Double.POSITIVE_INFINITY;
                case FREEZE, HOSTGONE -> decided + 1;
            };
        }
    }

    DeathBench(Ground.Plan plan, int runs) {
        this.plan = plan;
        this.runs = runs;
    }

    /** Whether the medians keep their bars, and nothing acknowledged was lost that could be read somewhere. */
    boolean run(List<Way> ways) {
        boolean kept = true;
        for (Way way : ways) {
            List<WatchedDeath> deaths = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                deaths.add(once(way));
            }
            kept &= told(way, deaths);
        }
        return kept;
    }

    private WatchedDeath once(Way way) {
        Path work = Folders.temporary();
        try {
            return WatchedDeath.of(
                    way.scenario, plan.with(Map.of("certain_death", way.certain ? "1" : "0", "guard_time", "0")), work);
        } finally {
            Folders.delete(work);
        }
    }

    private boolean told(Way way, List<WatchedDeath> deaths) {
        System.out.printf(
                "%s, %s%s, %d times; seconds%n",
                plan.sentence(), way.scenario.title(), way.certain ? "" : ", certain_death=0", deaths.size());
        boolean kept = line("manager's start until it watches", deaths, WatchedDeath::ready, READY);
        kept &= line("fault to decision", deaths, WatchedDeath::decided, way.decided);
        kept &= line("clients could not write", deaths, WatchedDeath::client, way.client(plan.mover()));
        line("fault to first step", deaths, WatchedDeath::begun, Double.POSITIVE_INFINITY);
        line("moving the address, both calls", deaths, WatchedDeath::moves, Double.POSITIVE_INFINITY);
        line("first step to writable, no hooks", deaths, WatchedDeath::work, Double.POSITIVE_INFINITY);
        line("fault to the manager's end", deaths, WatchedDeath::ended, Double.POSITIVE_INFINITY);
        long lost = deaths.stream().mapToLong(d -> d.writes().lost().size()).sum();
        long acknowledged =
                deaths.stream().mapToLong(d -> d.writes().acknowledged()).sum();
        String behind = way.scenario == Scenario.UNRECEIVED
                ? ", each time %d or more on no replica".formatted(Misfortune.BEHIND)
                : "";
        System.out.printf("  %d writes acknowledged, %d lost%s%n", acknowledged, lost, behind);
        // What nobody received is gone with a host that cannot be read.
        return kept && (lost == 0 || way == Way.HOSTGONE);
    }

    private static boolean line(
            String name, List<WatchedDeath> deaths, ToDoubleFunction<WatchedDeath> figure, double bar) {
        return Figures.of(deaths, figure).told(name, bar);
    }
}
