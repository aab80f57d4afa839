package io.mha4j.monitor.simulation;

import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings.PingType;
import io.mha4j.decision.HealthState.Check;
import io.mha4j.monitor.SourceProbe;
import io.mha4j.monitor.simulation.SimulatedSource.Question;
import io.mha4j.monitor.simulation.SimulatedSource.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks the simulated source as a source is asked over SQL: over a connection that is kept, and opened anew when it failed. */
final class SimulatedProbe implements SourceProbe {
    /** The connection, the server's greeting and the login. */
    private static final int WAYS_IN = 4;

    private final SimulatedSource source;
    private final SimulatedTime time;
    private final Traffic traffic;
    private final PingType pingType;
    private Optional<Kept> kept = Optional.empty();
    private long opened;

    /** Stands since that time. */
    private record Kept(long since, long number) {}

    /** The question failed. */
    private static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Check check;

        Lost(Check check) {
            super(null, null, false, false);
            this.check = check;
        }
    }

    SimulatedProbe(SimulatedSource source, SimulatedTime time, Traffic traffic, PingType pingType) {
        this.source = source;
        this.time = time;
        this.traffic = traffic;
        this.pingType = pingType;
    }

    @Override
    public Check check(Duration limit) {
        Deadline deadline = Deadline.in(limit, time);
        traffic.checked();
        try {
            if (kept.isEmpty()) {
                expect(new Question(true, false, WAYS_IN), deadline);
                kept = Optional.of(new Kept(time.nanos(), opened++));
                traffic.opened();
            }
            switch (pingType) {
                case SELECT -> askKept(new Question(false, false, 1), deadline);
                case INSERT -> askKept(new Question(false, true, 3), deadline);
                case CONNECT -> {
                    askKept(new Question(false, false, 1), deadline);
                    return askAnew(deadline);
                }
            }
            return new Check.Good();
        } catch (Lost lost) {
            close();
            return lost.check;
        }
    }

    /** What it comes to says nothing about the kept connection. */
    private Check askAnew(Deadline deadline) {
        traffic.opened();
        try {
            expect(new Question(true, false, WAYS_IN + 1), deadline);
            return new Check.Good();
        } catch (Lost lost) {
            return lost.check;
        } finally {
            traffic.closed();
        }
    }

    private void askKept(Question question, Deadline deadline) {
        if (source.endOfConnection(kept.orElseThrow().since()) <= time.nanos()) {
            throw new Lost(new Check.Failed("the connection has ended"));
        }
        expect(question, deadline);
    }

    private void expect(Question question, Deadline deadline) {
        Reply reply = source.ask(time.nanos(), question);
        if (reply.time() > deadline.endTick()) {
            time.passUntil(deadline.endTick());
            throw new Lost(new Check.Failed("no answer in time"));
        }
        time.passUntil(reply.time());
        switch (reply.sort()) {
            case ANSWER -> {}
            case NO_ENTRY -> throw new Lost(new Check.Refused("too many connections"));
            case BROKEN -> throw new Lost(new Check.Failed("connection refused"));
        }
    }

    @Override
    public boolean awaitNews(Deadline deadline) {
        if (kept.isEmpty()) {
            return false;
        }
        long end = source.endOfConnection(kept.get().since());
        time.passUntil(Math.min(end, deadline.endTick()));
        return end <= deadline.endTick();
    }

    OptionalLong connection() {
        return kept.map(k -> OptionalLong.of(k.number())).orElseGet(OptionalLong::empty);
    }

    @Override
    public void close() {
        kept.ifPresent(k -> traffic.closed());
        kept = Optional.empty();
    }
}
