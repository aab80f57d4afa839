package io.mha4j.monitor.simulation;

import static io.mha4j.monitor.simulation.Course.MILLI;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.decision.HealthState;
import io.mha4j.monitor.Evidence;
import io.mha4j.monitor.Slot;
import io.mha4j.monitor.route.RouteAnswer;
import io.mha4j.monitor.route.RouteVote;
import io.mha4j.monitor.route.SecondaryRoute;
import io.mha4j.monitor.simulation.Course.Routes;
import io.mha4j.remote.CommandRunner.Result;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Evidence of the system, and the vote of other hosts as {@code masterha_secondary_check} takes it. */
final class SimulatedRoutes implements Evidence {
    private static final int PORT = 3306;
    private static final int TIMED_OUT = 124;

    private final Evidence system;
    private final Routes routes;
    private final SimulatedSource source;
    private final SimulatedTime time;
    private final List<SecondaryRoute> asked;

    SimulatedRoutes(Evidence system, Routes routes, SimulatedSource source, SimulatedTime time, Traffic traffic) {
        this.system = system;
        this.routes = routes;
        this.source = source;
        this.time = time;
        this.asked = IntStream.range(0, routes.sighted() + routes.blind() + routes.unusable())
                .mapToObj(n -> new SimulatedHost("other" + n, time, traffic, deadline -> ask(n, deadline)))
                .map(host -> new SecondaryRoute(host, time))
                .toList();
    }

    @Override
    public void failing(HealthState now) {
        system.failing(now);
    }

    @Override
    public Veto secondOpinion() {
        Veto order = system.secondOpinion();
        return order.raised() || !routes.exist() ? order : vote();
    }

    @Override
    public boolean sshReachable() {
        return system.sshReachable();
    }

    /** All at once, by one deadline. */
    Veto vote() {
        Duration longest = routes.limit().multipliedBy(3).plusSeconds(2);
        Deadline deadline = Deadline.in(longest, time);
        List<Slot<RouteAnswer>> slots = asked.stream()
                .map(route -> Slot.start("route", time, () -> route.ask("10.0.0.1", PORT, routes.limit())))
                .toList();
        List<RouteAnswer> answers = slots.stream()
                .map(slot -> slot.await(deadline, () -> new RouteAnswer.Unusable("no answer")))
                .toList();
        RouteVote vote = RouteVote.of(answers);
        return new Veto(vote != RouteVote.GONE, "the other hosts say " + vote);
    }

    private Result ask(int n, Deadline deadline) {
        SimulatedHost.take(20 * MILLI, time, deadline);
        boolean blind = n >= routes.sighted();
        if (n >= routes.sighted() + routes.blind() || source.routesAreGone(time.nanos())) {
            throw routes.silent() ? SimulatedHost.silence(time, deadline) : new CommandException("refused over SSH");
        }
        if (source.isDown(time.nanos()) && !blind) {
            return new Result(1, "bash: /dev/tcp/10.0.0.1/3306: Connection refused", "");
        }
        long limit = time.nanos() + routes.limit().toNanos();
        long greeting = source.greets(time.nanos());
        if (blind || greeting > limit || source.isCutOffFromRoute(time.nanos(), n)) {
            time.passUntil(limit);
            return new Result(TIMED_OUT, "", "");
        }
        time.passUntil(greeting);
        return new Result(0, source.isFull(time.nanos()) ? " 17 00 00 00 ff\n" : " 4a 00 00 00 0a\n", "");
    }
}
