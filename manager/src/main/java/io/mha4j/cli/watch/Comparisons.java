package io.mha4j.cli.watch;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.ArchiveStore;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.cli.pause.PausedException;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.execution.LockHeldException;
import io.mha4j.report.EventLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Compares old masters beside the looks at them, one piece of work for each at the most. What came of it is kept as long as the old
 * master has the history that was compared. What could not be done is tried again after a while, a few times.
 */
final class Comparisons {
    private static final int TRIES = 5;

    /** Until it is tried once more; twice as long each time. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    /** Before one that has diverged is compared once more, whatever it does: each time an archive is left. */
    private static final Duration SELDOM = Duration.ofMinutes(10);

    /** Before one is compared again because its history has changed though it takes no writes. */
    private static final Duration BEFORE_ANOTHER = Duration.ofMinutes(1);

    private final Map<ServerId, Case> cases = new ConcurrentHashMap<>();
    private final Executor beside;
    private final Ticks ticks;
    private final EventLog log;

    /** @param beside runs each piece of work without waiting for it */
    Comparisons(Executor beside, Ticks ticks, EventLog log) {
        this.beside = beside;
        this.ticks = ticks;
        this.log = log;
    }

    /** A thread for each, which keeps no process alive. */
    static void inThread(Runnable work) {
        Thread thread = new Thread(work, "comparison");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Whether one is to be compared now.
     *
     * @param written what tells its history from another
     * @param anew    whether it has taken writes since the last look
     * @param back    whether it was away, or was never seen before
     */
    synchronized boolean isDue(ServerId old, String written, boolean anew, boolean back) {
        Case known = cases.computeIfAbsent(old, o -> new Case(o, written));
        known.collect();
        if (anew || !known.written.equals(written)) {
            known.outdate(written, anew, back);
        } else if (back && !known.wanted && (known.outdated || !known.lasts())) {
            known.renew();
        }
        return known.work.isEmpty()
                && known.wanted
                && known.pause.filter(p -> !p.isOver()).isEmpty();
    }

    /** Begins; the work throws what keeps it from being done. */
    synchronized void begin(ServerId old, Supplier<Homecoming.End> comparing) {
        Case known = known(old).orElseThrow();
        if (known.work.isPresent()) {
            return;
        }
        Work work = new Work(comparing, log);
        known.work = Optional.of(work);
        known.outdated = false;
        beside.execute(work);
        known.collect();
    }

    /** What is known of one, if it was ever begun. */
    synchronized Optional<Seen> seen(ServerId old) {
        return known(old).flatMap(c -> {
            c.collect();
            return c.work.isPresent() && !(c.seen.filter(Comparisons::stays).isPresent())
                    ? Optional.of(new Seen.Comparing())
                    : c.seen;
        });
    }

    /** What waits goes on waiting, in the eyes of people, while it is tried again. */
    private static boolean stays(Seen seen) {
        return seen instanceof Seen.Waiting || seen instanceof Seen.Handled;
    }

    /** Whether it may be attached, for all that is known. */
    synchronized boolean allowsToAttach(ServerId old) {
        return known(old)
                .filter(c -> c.work.isEmpty() && !c.wanted)
                .flatMap(c -> c.end)
                .filter(end -> !(end instanceof Homecoming.End.Diverged))
                .isPresent();
    }

    /** Whether something may still come of one. */
    synchronized boolean isOpen(ServerId old) {
        return known(old)
                .filter(c -> {
                    c.collect();
                    return c.begun && (c.work.isPresent() || c.wanted);
                })
                .isPresent();
    }

    /** It is where it belongs, or is the master no more for another time. */
    synchronized void forget(ServerId old) {
        known(old).flatMap(c -> c.work).ifPresent(Work::end);
        cases.remove(old);
    }

    /** Nobody looks at them now: what is under way is told to end, and is begun again when somebody looks. */
    synchronized void rest() {
        cases.values().forEach(c -> c.work.ifPresent(Work::end));
    }

    /** Waits until what was told to end has put things in order; what takes longer is not waited for. */
    void finish(Deadline deadline) throws InterruptedException {
        List<Work> all;
        synchronized (this) {
            all = cases.values().stream().flatMap(c -> c.work.stream()).toList();
        }
        for (Work work : all) {
            work.await(deadline);
        }
    }

    private Optional<Case> known(ServerId old) {
        return Optional.ofNullable(cases.get(old));
    }

    /** Of one old master. */
    private final class Case {
        private final ServerId old;
        private String written;
        private boolean begun;
        private boolean wanted = true;
        /** Whether what is under way is about an earlier history. */
        private boolean outdated;

        private int failures;
        private Optional<Deadline> pause = Optional.empty();
        private Optional<Work> work = Optional.empty();
        private Optional<Homecoming.End> end = Optional.empty();
        private Optional<Seen> seen = Optional.empty();

        Case(ServerId old, String written) {
            this.old = old;
            this.written = written;
        }

        boolean lasts() {
            return end.filter(e -> e instanceof Homecoming.End.Diverged || e instanceof Homecoming.End.Equal)
                    .isPresent();
        }

        /**
         * Its history is another one. Where it has diverged, and others of the powerful write on, it has only diverged further: that
         * is looked at when it took writes or was away, and seldom.
         */
        void outdate(String now, boolean anew, boolean back) {
            written = now;
            outdated = true;
            if (anew) {
                seen = Optional.empty();
            }
            if (anew || back) {
                renew();
            } else if (!wanted && !hasDiverged()) {
                wanted = true;
                pause = Optional.of(Deadline.in(BEFORE_ANOTHER, ticks));
            }
        }

        private boolean hasDiverged() {
            return end.filter(e -> e instanceof Homecoming.End.Diverged).isPresent();
        }

        /** As if it had never been tried. */
        void renew() {
            if (!hasDiverged()) {
                pause = Optional.empty();
            }
            end = end.filter(e -> e instanceof Homecoming.End.Diverged);
            wanted = true;
            failures = 0;
        }

        void collect() {
            Optional<Outcome> outcome = work.flatMap(Work::outcome);
            begun |= work.isPresent();
            if (outcome.isEmpty()) {
                return;
            }
            work = Optional.empty();
            outcome.get().end().ifPresent(this::ended);
            outcome.get().failure().ifPresent(this::failed);
        }

        private void ended(Homecoming.End found) {
            if (outdated && !(found instanceof Homecoming.End.Diverged)) {
                again(new Seen.Waiting("it was written to meanwhile"));
                return;
            }
            if (found instanceof Homecoming.End.Refused refused) {
                // A server that was slow to answer, or a replica that had not connected yet, may be all that was in the
                // way.
                again(new Seen.Waiting(refused.why()));
                return;
            }
            end = Optional.of(once(found));
            seen = end.map(e -> Seen.Handled.compared(old, e));
            wanted = false;
            pause = Optional.of(SELDOM).filter(p -> hasDiverged()).map(p -> Deadline.in(p, ticks));
            if (found instanceof Homecoming.End.Diverged diverged
                    && diverged.found().saved().isEmpty()) {
                again(seen.orElseThrow());
            }
        }

        /** One that was started again has the same transactions in more logs; they are kept once. */
        private Homecoming.End once(Homecoming.End found) {
            Optional<Archive> fresh = archive(found);
            Optional<Archive> earlier = end.flatMap(Case::archive).filter(a -> Files.exists(a.description()));
            if (fresh.isEmpty() || earlier.filter(a -> isSame(a, fresh.get())).isEmpty()) {
                return found;
            }
            Path twice = fresh.get().description();
            ArchiveStore store =
                    new ArchiveStore(Optional.ofNullable(twice.getParent()).orElseThrow());
            try {
                store.names().stream()
                        .filter(n -> n.description().equals(twice))
                        .forEach(store::delete);
            } catch (ArchiveException e) {
                log.warning(
                        "{}; it holds what {} holds",
                        e.getMessage(),
                        earlier.get().description());
            }
            return end.orElseThrow();
        }

        private static boolean isSame(Archive a, Archive b) {
            return a.start().equals(b.start())
                    && a.transactions() == b.transactions()
                    && a.gtids().equals(b.gtids())
                    && a.reachedEnd()
                    && b.reachedEnd();
        }

        private static Optional<Archive> archive(Homecoming.End end) {
            return end instanceof Homecoming.End.Diverged diverged
                    ? diverged.found().saved()
                    : Optional.empty();
        }

        private void failed(RuntimeException why) {
            String reason = String.valueOf(why.getMessage());
            boolean others = why instanceof PausedException
                    || why instanceof Homecoming.UnderWay
                    || why instanceof LockHeldException
                    || why instanceof GaveWay;
            if (others) {
                seen = Optional.of(new Seen.Waiting(reason));
            } else {
                again(new Seen.Waiting(reason));
            }
        }

        /** After a while, unless it was tried often enough. */
        private void again(Seen meanwhile) {
            failures = Math.min(failures + 1, TRIES);
            wanted = failures < TRIES;
            pause = Optional.of(Deadline.in(FIRST_PAUSE.multipliedBy(1L << (failures - 1)), ticks));
            seen = Optional.of(
                    wanted || !(meanwhile instanceof Seen.Waiting waiting)
                            ? meanwhile
                            : Seen.Handled.notCompared(waiting.why()));
        }
    }

    /** What came of it, or why nothing did; neither: it was told to end. */
    private record Outcome(Optional<Homecoming.End> end, Optional<RuntimeException> failure) {}

    /** One comparison; nobody waits for it. */
    private static final class Work implements Runnable {
        private static final Outcome TOLD_TO_END = new Outcome(Optional.empty(), Optional.empty());

        private final Supplier<Homecoming.End> comparing;
        private final EventLog log;
        private boolean told;
        private Optional<Thread> thread = Optional.empty();
        private Optional<Outcome> outcome = Optional.empty();

        Work(Supplier<Homecoming.End> comparing, EventLog log) {
            this.comparing = comparing;
            this.log = log;
        }

        @Override
        public void run() {
            Outcome came = failed(new IllegalStateException("the comparison broke off"));
            try {
                came = begins() ? compared() : TOLD_TO_END;
            } finally {
                ended(came);
            }
        }

        private Outcome compared() {
            try {
                return new Outcome(Optional.of(comparing.get()), Optional.empty());
            } catch (MhaException e) {
                return told() || e instanceof InterruptedWork ? TOLD_TO_END : failed(e);
            } catch (RuntimeException e) {
                log.bug("Comparing an old master", e);
                return failed(e);
            }
        }

        private static Outcome failed(RuntimeException why) {
            return new Outcome(Optional.empty(), Optional.of(why));
        }

        private synchronized boolean begins() {
            thread = Optional.of(Thread.currentThread());
            return !told;
        }

        private synchronized boolean told() {
            return told;
        }

        private synchronized void ended(Outcome came) {
            thread = Optional.empty();
            outcome = Optional.of(came);
            notifyAll();
        }

        synchronized void await(Deadline deadline) throws InterruptedException {
            while (outcome.isEmpty() && !deadline.isOver()) {
                // wait(0) would wait for ever.
                wait(Math.max(1, deadline.remaining().toMillis()));
            }
        }

        synchronized Optional<Outcome> outcome() {
            return outcome;
        }

        /** Told to end; it comes to its end by itself. */
        synchronized void end() {
            told = true;
            thread.ifPresent(Thread::interrupt);
        }
    }
}
