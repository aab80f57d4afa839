package io.mha4j.monitor.check;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.monitor.route.Greeter;
import io.mha4j.monitor.route.RouteAnswer;
import io.mha4j.monitor.route.SecondaryRoute;
import io.mha4j.remote.Host;
import java.time.Duration;
import java.util.Optional;

/** Whether a replica could fetch from the manager, in the way that its settings say. */
final class FeedLook {
    /** To connect to the manager and be greeted. */
    private static final Duration GREETING = Duration.ofSeconds(2);

    private final Optional<String> address;
    private final Ticks ticks;

    /** @param address {@code feed_address}; absent: by a forwarded port */
    FeedLook(Optional<String> address, Ticks ticks) {
        this.address = address;
        this.ticks = ticks;
    }

    /** What is in the way, asked from the replica's host; nothing stays open. */
    Optional<String> problem(Host host, Deadline deadline) {
        return address.map(a -> unreached(host, a)).orElseGet(() -> unforwarded(host, deadline));
    }

    private static Optional<String> unforwarded(Host host, Deadline deadline) {
        try {
            host.tryForwardToHere(deadline);
            return Optional.empty();
        } catch (CommandException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** A host without the programs for it cannot tell, which is no problem. */
    private Optional<String> unreached(Host host, String at) {
        try (Greeter here = Greeter.at(at)) {
            RouteAnswer answer = new SecondaryRoute(host, ticks).ask(at, here.port(), GREETING);
            return answer instanceof RouteAnswer.NotReached not ? Optional.of(not.why()) : Optional.empty();
        } catch (CommandException e) {
            return Optional.of(e.getMessage());
        }
    }
}
