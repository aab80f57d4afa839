package io.mha4j.execution.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Simulated time: it passes in moments, at any of which the manager may die, and each step takes its share of the clock. */
final class Moments {
    /** The manager died here. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1;

        Death() {
            super("the manager died", null, false, false);
        }
    }

    private static final int FOREVER = Integer.MAX_VALUE;

    private final Random random;
    private final List<Runnable> each = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;
    private int left = FOREVER;
    private int passed;

    Moments(long seed) {
        this.random = new Random(seed);
    }

    /** What happens in every moment. */
    void each(Runnable happening) {
        each.add(happening);
    }

    /** A new life of the manager. */
    void live(int moments) {
        left = moments;
    }

    void liveForever() {
        left = FOREVER;
    }

    void pass() {
        each.forEach(Runnable::run);
        passed++;
        if (left == 0) {
            throw new Death();
        }
        left--;
    }

    int passed() {
        return passed;
    }

    Duration elapsed() {
        return elapsed;
    }

    void takes(Duration time) {
        elapsed = elapsed.plus(time);
    }

    /** Any time up to the limit, mostly a short one. */
    void takesUpTo(Duration limit) {
        double part = Math.pow(random.nextDouble(), 4);
        takes(Duration.ofMillis((long) (limit.toMillis() * part)));
    }

    /** Side by side: in any order, the slowest counts; when the manager dies, each has come to some point of its own. */
    <T> List<T> sideBySide(List<Callable<T>> work) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < work.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        Map<Integer, T> outcomes = new TreeMap<>();
        Duration begin = elapsed;
        Duration end = begin;
        boolean dead = false;
        for (int i : order) {
            elapsed = begin;
            try {
                outcomes.put(i, work.get(i).call());
            } catch (Death death) {
                dead = true;
            } catch (Exception e) {
                throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
            }
            end = elapsed.compareTo(end) > 0 ? elapsed : end;
            if (dead) {
                left = random.nextInt(8);
            }
        }
        elapsed = end;
        if (dead) {
            throw new Death();
        }
        return List.copyOf(outcomes.values());
    }

    boolean luck(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    int number(int bound) {
        return random.nextInt(bound);
    }
}
