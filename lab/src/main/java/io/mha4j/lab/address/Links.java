package io.mha4j.lab.address;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The connections that are open now and the route they were opened under. A link is admitted only under the route in
 * force, so none can slip through between the cutting of the old ones and the new target.
 */
final class Links {
    private final Set<Link> open = new HashSet<>();
    private Optional<Route.Target> target = Optional.empty();

    synchronized Optional<Route.Target> target() {
        return target;
    }

    /** Whether {@code link} may go on; it was opened towards {@code wanted}. */
    synchronized boolean admit(Link link, Route.Target wanted) {
        return target.filter(wanted::equals).isPresent() && open.add(link);
    }

    synchronized void forget(Link link) {
        open.remove(link);
    }

    /** From now on connections go to {@code next}; those that went elsewhere are cut before this returns. */
    synchronized void redirect(Optional<Route.Target> next) {
        if (!next.equals(target)) {
            target = next;
            open.forEach(Link::cut);
            open.clear();
        }
    }
}
