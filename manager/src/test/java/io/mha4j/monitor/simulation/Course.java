package io.mha4j.monitor.simulation;

import io.mha4j.config.ServerSettings.PingType;
import io.mha4j.monitor.simulation.Disturbance.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Everything that a watched source meets, drawn from one number. Between two disturbances there is time for a check that is
 * answered and for a look at the process.
 *
 * @param end when the world is over
 */
record Course(long seed, Manner manner, List<Disturbance> disturbances, long end) {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1000 * MILLI;

    /** A disturbance that must not be a death ends so long before it could be one. */
    private static final long MARGIN = 100 * MILLI;

    /**
     * How the source is watched and kept.
     *
     * @param writes how often a client writes; 0: never
     * @param routes other hosts that are asked
     */
    record Manner(long interval, PingType pingType, boolean certainDeath, Keeping keeping, long writes, Routes routes) {
        Duration pingInterval() {
            return Duration.ofNanos(interval);
        }
    }

    /** Who starts the server again when its process has ended. */
    enum Keeping {
        NOBODY,
        MYSQLD_SAFE,
        UNIT
    }

    /**
     * Hosts that the secondary check asks.
     *
     * @param sighted  those that reach what can be reached
     * @param blind    those that reach nothing
     * @param unusable those that cannot be asked; {@code silent} if that takes its time
     * @param limit    of their question
     */
    record Routes(int sighted, int blind, int unusable, boolean silent, Duration limit) {
        boolean exist() {
            return sighted + blind + unusable > 0;
        }
    }

    /** The end of the world: so much can come of the last disturbance. */
    private static long after(long last, long interval) {
        return last + 20 * interval + 120 * SECOND;
    }

    static Course of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 2);
        Draw draw = new Draw(random, manner(random));
        int harmless = 1 + random.nextInt(6);
        for (int i = 0; i < harmless; i++) {
            draw.harmless();
        }
        if (random.nextInt(5) < 3) {
            draw.death();
        }
        return draw.course(seed, 0);
    }

    /** One without a death, until {@code length} is over. */
    static Course ofLength(long seed, Duration length) {
        Random random = new Random(seed);
        Draw draw = new Draw(random, manner(random));
        while (draw.last < length.toNanos()) {
            draw.harmless();
        }
        return draw.course(seed, length.toNanos());
    }

    Optional<Disturbance> death() {
        return disturbances.stream().filter(d -> d.kind().isDeath()).findFirst();
    }

    private static Manner manner(Random random) {
        long interval = List.of(1, 1, 1, 2, 3, 3, 5, 10).get(random.nextInt(8)) * SECOND;
        PingType[] types = PingType.values();
        Keeping[] keepings = Keeping.values();
        int sighted = random.nextBoolean() ? 0 : 1 + random.nextInt(3);
        Routes routes = new Routes(
                sighted,
                sighted == 0 || random.nextInt(3) > 0 ? 0 : random.nextInt(sighted + 1),
                sighted == 0 || random.nextInt(3) > 0 ? 0 : 1,
                random.nextBoolean(),
                Duration.ofSeconds(1 + random.nextInt(5)));
        return new Manner(
                interval,
                types[random.nextInt(types.length)],
                random.nextInt(4) > 0,
                keepings[random.nextInt(keepings.length)],
                random.nextBoolean() ? 0 : 10 * MILLI + (long) (random.nextDouble() * interval / 3),
                routes);
    }

    /** Draws one disturbance after the other. */
    private static final class Draw {
        private final Random random;
        private final Manner manner;
        private final long interval;
        private final List<Disturbance> drawn = new ArrayList<>();
        private long last;

        Draw(Random random, Manner manner) {
            this.random = random;
            this.manner = manner;
            this.interval = manner.interval();
        }

        Course course(long seed, long atLeast) {
            return new Course(seed, manner, List.copyOf(drawn), Math.max(atLeast, after(last, interval)));
        }

        void harmless() {
            Set<Kind> possible = EnumSet.copyOf(Kind.HARMLESS);
            if (manner.keeping() == Keeping.NOBODY) {
                possible.remove(Kind.RESTARTED);
            }
            if (manner.routes().sighted() == 0) {
                possible.removeAll(Set.of(Kind.CUT_OFF_BUT_REACHED, Kind.CUT_OFF_AFTER_HICCUP, Kind.ROUTES_GONE));
            }
            if (manner.writes() == 0) {
                possible.removeAll(Set.of(Kind.CUT_OFF_BUT_RECEIVED, Kind.REPLICAS_STALLED));
            }
            Kind kind = List.copyOf(possible).get(random.nextInt(possible.size()));
            long size = size(kind);
            long from = begin();
            add(new Disturbance(kind, from, from + length(kind, size), size, parts()));
        }

        void death() {
            Set<Kind> possible = EnumSet.copyOf(Kind.DEATHS);
            possible.remove(manner.keeping() == Keeping.NOBODY ? Kind.KILLED_AND_LEFT : Kind.KILLED);
            if (manner.routes().sighted() == 0) {
                possible.removeAll(Set.of(Kind.KILLED_WITHOUT_ROUTES, Kind.CUT_FROM_MOST));
            }
            boolean nobody = manner.keeping() == Keeping.NOBODY && random.nextInt(3) == 0;
            Kind kind = nobody ? Kind.KILLED : List.copyOf(possible).get(random.nextInt(possible.size()));
            long from = begin();
            long size = size(kind);
            drawn.add(new Disturbance(kind, from, Disturbance.NEVER, size, parts()));
            last = from + size;
        }

        private void add(Disturbance disturbance) {
            drawn.add(disturbance);
            last = disturbance.to();
        }

        /** After a check that is answered, over a new connection if need be, and after one round that does not listen. */
        private long begin() {
            return last + 2 * interval + SECOND / 2 + between(0, random.nextInt(4) == 0 ? 20 * interval : 2 * interval);
        }

        private long parts() {
            return between(0, 200 * MILLI);
        }

        private long between(long least, long most) {
            return least + (long) (random.nextDouble() * (most - least));
        }

        /** Often as long as it may be. */
        private long upTo(long most) {
            return random.nextBoolean() ? between(MARGIN, most) : most - between(0, MARGIN);
        }

        private boolean writesAreAsked() {
            return manner.pingType() == PingType.INSERT;
        }

        private long size(Kind kind) {
            return switch (kind) {
                case FULL, CUT_OFF -> random.nextInt(2);
                // Within the limit of a check, or beyond it.
                case SLOW_DISK ->
                    random.nextBoolean() ? upTo(interval - MARGIN) : between(interval + MARGIN, 3 * interval);
                case SLOW_NETWORK ->
                    random.nextBoolean() ? between(MILLI, interval / 8) : between(interval + MARGIN, 3 * interval);
                case SSH_SLOW -> between(50 * MILLI, 4 * SECOND);
                case CLOCK_SET -> between(-86_400 * SECOND, 86_400 * SECOND);
                case CUT_OFF_AFTER_HICCUP -> between(interval * 3 / 2, interval * 5 / 2);
                case FROZEN_WHILE_PAUSED -> between(5 * interval, 15 * interval);
                case KILLED_WITHOUT_ROUTES -> between(5 * interval, 20 * interval);
                default -> 0;
            };
        }

        /**
         * Four failures in a row are a death, and a question waits for {@code ping_interval}: what is refused fails at once,
         * and for the fourth time after three intervals; what is silent fails at the end of the fourth interval, but what is
         * lost on the way there is sent again only after a while.
         */
        private long length(Kind kind, long size) {
            boolean beyond = size > interval;
            return switch (kind) {
                case FROZEN -> upTo(4 * interval - MARGIN);
                case FROZEN_WHILE_PAUSED -> size + interval;
                case READ_LOCK -> writesAreAsked() ? upTo(4 * interval - MARGIN) : between(interval, 20 * interval);
                case SLOW_DISK ->
                    beyond && writesAreAsked() ? upTo(3 * interval - MARGIN) : between(interval, 20 * interval);
                case SLOW_NETWORK -> beyond ? upTo(3 * interval - MARGIN) : between(interval, 20 * interval);
                case RESTARTED, STOPPED_AND_STARTED, CUT_OFF, CUT_ONE_WAY, REJECTED ->
                    Math.max(upTo(3 * interval - MARGIN), 500 * MILLI);
                case CLOCK_SET, CONNECTION_ENDED -> MILLI;
                default -> between(interval, 20 * interval);
            };
        }
    }
}
