package io.mha4j.execution.fence;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The last look at an old source that is not proven to be stopped, before another one is opened. It may be begun beside earlier steps,
 * so that nobody waits for one that is silent, as a host that is gone is: it was silent just before, and if it lived it would have
 * answered by now. Used by one thread.
 */
public final class SourceLook {
    /** Asks it as it was watched. */
    @FunctionalInterface
    public interface Question {
        /** Whether it answers; comes back within the limit. */
        boolean isAnswered(Duration limit);

        /** Whether the server has said anything since it was asked last; from any thread, while the answer is on its way. */
        default boolean hasSpoken() {
            return false;
        }
    }

    private static final Duration LIMIT = Duration.ofSeconds(1);
    /** One that lives has answered by then, or at least greeted where it is far away or busy: a login is many questions. */
    private static final Duration QUICK = Duration.ofMillis(200);

    private final Question question;
    private final Duration fresh;
    private final Duration limit;
    private final Ticks ticks;
    private Optional<Asked> asked = Optional.empty();

    /** What became of the question, and whether that came at once. */
    private record Answer(boolean lives, boolean quick) {}

    private record Asked(FutureTask<Answer> answer, long since) {}

    /** It answers, or it did when it was asked first and was not seen to be stopped since. */
    public static final class SourceBack extends MhaException {
        SourceBack(ServerId source, String what) {
            super(source
                    + what
                    + ", though it was dead, and it is not proven to be stopped; going on could make two writable"
                    + " masters. Stop it, if it runs, and start the failover again with --ignore_last_failover, or make it the master by hand: its"
                    + " address may be gone, and nobody receives from it");
        }
    }

    /** @param fresh how long a look counts that was begun before, and one that answered then is asked again where it is silent */
    public SourceLook(Question question, Duration fresh, Ticks ticks) {
        this(question, fresh, LIMIT, ticks);
    }

    /** @param limit how long one that has spoken, or was not asked before, is waited for */
    SourceLook(Question question, Duration fresh, Duration limit, Ticks ticks) {
        this.question = question;
        this.fresh = fresh;
        this.limit = limit;
        this.ticks = ticks;
    }

    /** Asks beside what the caller does next. */
    public void begin() {
        long since = ticks.nanos();
        FutureTask<Answer> answer = new FutureTask<>(() -> {
            boolean lives = question.isAnswered(limit);
            return new Answer(lives, ticks.nanos() - since < QUICK.toNanos());
        });
        Thread thread = new Thread(answer, "source-look");
        thread.setDaemon(true);
        asked = Optional.of(new Asked(answer, since));
        thread.start();
    }

    /** @throws SourceBack if it answers, or did when it was asked first and does not refuse now */
    public void throwIfBack(ServerId source) {
        Optional<Answer> first = asked.flatMap(this::promptAnswer);
        if (first.filter(Answer::lives).isPresent()) {
            throwUnlessStopped(source);
            return;
        }
        boolean old =
                asked.filter(a -> ticks.nanos() - a.since() < fresh.toNanos()).isEmpty();
        // A host that refuses is there, and may be starting the server: asking it once more takes no time.
        boolean refused = !old && first.filter(Answer::quick).isPresent();
        if (old || refused) {
            Asked anew = asked();
            first = refused ? promptAnswer(anew) : answer(anew, limit);
        }
        throwIfAlive(source, first);
    }

    /**
     * One that lived may have been stopped since, by the operator's script for one; then its host refuses. One that is silent, or greets and
     * says no more, may as well hang for a while, or be cut off from here only.
     */
    private void throwUnlessStopped(ServerId source) {
        Deadline patience = Deadline.in(fresh, ticks);
        Optional<Answer> now;
        do {
            now = answer(asked(), limit);
            throwIfAlive(source, now);
        } while (now.filter(Answer::quick).isEmpty() && !patience.isOver());
        if (now.filter(Answer::quick).isEmpty()) {
            throw new SourceBack(source, " answered again and is silent now");
        }
    }

    private static void throwIfAlive(ServerId source, Optional<Answer> answer) {
        if (answer.filter(Answer::lives).isPresent()) {
            throw new SourceBack(source, " answers again");
        }
    }

    private Asked asked() {
        begin();
        return asked.orElseThrow();
    }

    /** What the kernel of a hung server's host accepts, nobody may ever answer: only one that has spoken is waited for. */
    private Optional<Answer> promptAnswer(Asked look) {
        return answer(look, QUICK).or(() -> question.hasSpoken() ? answer(look, limit) : Optional.empty());
    }

    /** Empty where none has come within that time. */
    private Optional<Answer> answer(Asked look, Duration patience) {
        Deadline deadline = new Deadline(ticks, look.since() + patience.toNanos());
        try {
            return Optional.of(look.answer().get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw InterruptedWork.during("asking the old source once more", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
