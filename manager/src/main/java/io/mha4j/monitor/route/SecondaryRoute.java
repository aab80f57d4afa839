package io.mha4j.monitor.route;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.remote.CommandRunner;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The way to a server from another host. Asks for MySQL's greeting: a port that is open proves nothing. */
public final class SecondaryRoute {
    private static final int TIMED_OUT = 124;

    /** How that looks where {@code timeout} is BusyBox': it becomes the program that it ends, by SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    /**
     * Arguments: address, port, seconds. Prints the first five bytes that the server sends, in hexadecimal. BusyBox' timeout
     * ends bash alone, so bash ends the program that waits for the server: else it would keep the session open.
     */
    private static final String SCRIPT = """
            if ! command -v bash >/dev/null || ! command -v timeout >/dev/null; then
              echo "needs bash and timeout there"
              exit 9
            fi
            export LC_ALL=C
            exec timeout "$3" bash -c '
              exec 3<>"/dev/tcp/$0/$1" || exit
              trap "kill \\$(jobs -p) 2>/dev/null" TERM
              head -c 5 <&3 | od -An -tx1 &
              wait' "$1" "$2" 2>&1
            """;

    /**
     * Length, number 0, and the version of the protocol or the mark of an error, such as too many connections: who sends
     * that lives (manual, "Connection Phase").
     */
    private static final Pattern GREETING = Pattern.compile("(?s)\\s*([0-9a-f]{2} ){3}00 (0a|ff)\\s*");

    private static final Pattern BYTES = Pattern.compile("[0-9a-f]{2}( [0-9a-f]{2})*");

    /** How the C library, glibc, musl or that of a BSD, words that a connection did not come about, or broke, without a locale. */
    private static final Pattern CONNECTION_ERROR = Pattern.compile("Connection (refused|timed out|reset by peer)"
            + "|Operation timed out|No route to host|Host is (down|unreachable)|Network (is )?(unreachable|down)");

    /** To connect to the host, and to hear from it after its own limit. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final CommandRunner host;
    private final Ticks ticks;

    /** From {@code host}. */
    public SecondaryRoute(CommandRunner host, Ticks ticks) {
        this.host = host;
        this.ticks = ticks;
    }

    /**
     * Asks now; comes back within twice the limit and two seconds.
     *
     * @param address of the server, as that host knows it
     * @param limit   to connect to the server and be greeted, whole seconds
     */
    public RouteAnswer ask(String address, int port, Duration limit) {
        List<String> argv =
                List.of("sh", "-c", SCRIPT, "sh", address, Integer.toString(port), Long.toString(limit.toSeconds()));
        long begun = ticks.nanos();
        try {
            CommandRunner.Result result =
                    host.run(argv, Deadline.in(limit.multipliedBy(2).plus(MARGIN), ticks));
            return answer(result, limit, Duration.ofNanos(ticks.nanos() - begun));
        } catch (CommandException e) {
            return new RouteAnswer.Unusable(e.getMessage());
        }
    }

    /** Whatever is not said of the connection is said of that host, which then knows nothing: a name, a program, a process. */
    static RouteAnswer answer(CommandRunner.Result result, Duration limit, Duration took) {
        if (GREETING.matcher(result.stdout()).matches()) {
            return new RouteAnswer.Reached();
        }
        String text = result.stdout().lines().reduce("", (first, line) -> line).strip();
        int exit = result.exitStatus();
        // Who is ended earlier was ended by somebody else, as by a host that is shut down.
        if (exit == TIMED_OUT || (exit == TERMINATED && took.compareTo(limit) >= 0)) {
            return new RouteAnswer.NotReached("no greeting within " + limit.toSeconds() + " s");
        }
        if (exit == 0 && text.isEmpty()) {
            return new RouteAnswer.NotReached("the connection is closed at once");
        }
        if (exit == 0 && BYTES.matcher(text).matches()) {
            return new RouteAnswer.NotReached("what answers is no MySQL server: " + text);
        }
        return CONNECTION_ERROR.matcher(text).find()
                ? new RouteAnswer.NotReached(text)
                : new RouteAnswer.Unusable(text.isEmpty() ? "the question ended with exit status " + exit : text);
    }
}
