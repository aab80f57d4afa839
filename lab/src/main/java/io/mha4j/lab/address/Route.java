package io.mha4j.lab.address;

import java.util.Optional;

/**
 * What a route file says: where connections go, and the ticket under which that was ordered. One line of text,
 * {@code 127.0.0.11:3306 TICKET} or {@code none TICKET}.
 *
 * @param target where connections go; empty refuses them all
 * @param ticket any word; it comes back in the acknowledgement file
 */
public record Route(Optional<Target> target, String ticket) {
    private static final String NOWHERE = "none";

    public Route {
        if (ticket.isBlank() || ticket.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("a ticket is one word, not '" + ticket + "'");
        }
    }

    /** One server. */
    public record Target(String host, int port) {
        public Target {
            if (host.isBlank() || port < 1 || port > 65535) {
                throw new IllegalArgumentException(host + ":" + port + " is no host and port");
            }
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Answers empty for a text that is no route, for example a half-written one. */
    public static Optional<Route> parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length != 2) {
            return Optional.empty();
        }
        if (words[0].equals(NOWHERE)) {
            return Optional.of(new Route(Optional.empty(), words[1]));
        }
        int colon = words[0].lastIndexOf(':');
        if (colon < 1 || !words[0].substring(colon + 1).matches("[1-9][0-9]{0,4}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(words[0].substring(colon + 1));
        return port > 65535
                ? Optional.empty()
                : Optional.of(new Route(Optional.of(new Target(words[0].substring(0, colon), port)), words[1]));
    }

    /** The line of the route file, with its end of line. */
    public String text() {
        return target.map(Target::toString).orElse(NOWHERE) + " " + ticket + "\n";
    }
}
