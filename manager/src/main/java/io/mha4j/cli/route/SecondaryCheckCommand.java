package io.mha4j.cli.route;

import io.mha4j.base.Deadline;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ShellWords;
import io.mha4j.monitor.Slot;
import io.mha4j.monitor.route.RouteAnswer;
import io.mha4j.monitor.route.RouteVote;
import io.mha4j.monitor.route.SecondaryRoute;
import io.mha4j.remote.ssh.SshSessions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code masterha_secondary_check}, the usual value of {@code secondary_check_script}: asks other hosts, all at once, whether
 * they reach the source. Exit status 0: gone; 2: nobody could tell; 3: reached.
 */
public final class SecondaryCheckCommand implements Command {
    private static final int CANNOT_TELL = 2;
    private static final int REACHED = 3;
    private static final String ITSELF =
            " is the master itself and is not asked: it cannot tell whether others reach it.";

    private static final Option<List<String>> HOSTS =
            Option.texts("secondary_host", "host", "A host to ask from; give one for each (-s).");
    private static final Option<Optional<String>> USER =
            Option.text("user", "user", "Account on these hosts. Default root.");
    private static final Option<Integer> PORT = Option.number("port", 22, "Their SSH port.");
    private static final Option<Optional<String>> OPTIONS =
            Option.text("options", "options", "Options of ssh, as for the program ssh.");
    private static final Option<String> MASTER_HOST =
            Option.mandatory("master_host", "host", "Name of the source, for messages.");
    private static final Option<Optional<String>> MASTER_IP =
            Option.text("master_ip", "address", "Address that is connected to. Default master_host.");
    private static final Option<Integer> MASTER_PORT = Option.number("master_port", 3306, "Its port.");
    private static final Option<Optional<String>> MASTER_USER =
            Option.text("master_user", "user", "Accepted, no effect: nobody logs in.");
    private static final Option<Optional<String>> MASTER_PASSWORD =
            Option.text("master_password", "password", "Accepted, no effect.");
    private static final Option<Optional<String>> PING_TYPE =
            Option.text("ping_type", "type", "Accepted, no effect: a source that cannot be written to is not gone.");
    private static final Option<Duration> TIMEOUT =
            Option.seconds("timeout", 5, "To reach a host, and from there the source.");

    @Override
    public List<Option<?>> options() {
        return List.of(
                HOSTS,
                USER,
                PORT,
                OPTIONS,
                MASTER_HOST,
                MASTER_IP,
                MASTER_PORT,
                MASTER_USER,
                MASTER_PASSWORD,
                PING_TYPE,
                TIMEOUT);
    }

    @Override
    public int run(Options options, Terminal terminal) {
        List<String> hosts = given(options);
        List<Optional<RouteAnswer>> asked = ask(hosts, options);
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i);
            terminal.out()
                    .println(asked.get(i).map(answer -> line(host, answer)).orElse(host + ITSELF));
        }
        List<RouteAnswer> answers = asked.stream().flatMap(Optional::stream).toList();
        return switch (RouteVote.of(answers)) {
            case GONE -> 0;
            case UNKNOWN -> CANNOT_TELL;
            case REACHED -> REACHED;
        };
    }

    private static List<String> given(Options options) {
        List<String> hosts = options.get(HOSTS);
        if (hosts.isEmpty()) {
            throw UsageException.missing("secondary_host=<host>");
        }
        return hosts;
    }

    /** Names that do not resolve here may do so for ssh; they are not the same then. */
    private static boolean isSame(String host, String address) {
        try {
            List<InetAddress> source = Arrays.asList(InetAddress.getAllByName(address));
            return Arrays.stream(InetAddress.getAllByName(host)).anyMatch(source::contains);
        } catch (UnknownHostException e) {
            return host.equals(address);
        }
    }

    /** Everything by one deadline; nothing from the source's own host. */
    private static List<Optional<RouteAnswer>> ask(List<String> hosts, Options options) {
        Duration longest = options.get(TIMEOUT).multipliedBy(3).plusSeconds(2);
        Deadline deadline = Deadline.in(longest, SystemTime.TICKS);
        try (SshSessions sessions = SshSessions.ofThisAccount()) {
            List<Slot<Optional<RouteAnswer>>> slots = hosts.stream()
                    .map(host -> Slot.start("route-" + host, SystemTime.TICKS, () -> ask(host, sessions, options)))
                    .toList();
            return slots.stream()
                    .map(slot -> slot.await(
                            deadline,
                            () -> Optional.of(
                                    new RouteAnswer.Unusable("no answer within " + longest.toSeconds() + " s"))))
                    .toList();
        }
    }

    private static Optional<RouteAnswer> ask(String host, SshSessions sessions, Options options) {
        String address = options.get(MASTER_IP).orElse(options.get(MASTER_HOST));
        if (host.equals(options.get(MASTER_HOST)) || isSame(host, address)) {
            return Optional.empty();
        }
        SecondaryRoute route = new SecondaryRoute(sessions.host(settings(host, options)), SystemTime.TICKS);
        return Optional.of(route.ask(address, options.get(MASTER_PORT), options.get(TIMEOUT)));
    }

    private static ServerSettings.Ssh settings(String host, Options options) {
        List<String> words = options.get(OPTIONS)
                .map(text -> text.replace(
                        "VAR_CONNECT_TIMEOUT",
                        Long.toString(options.get(TIMEOUT).toSeconds())))
                .map(text -> ShellWords.split(text)
                        .orElseThrow(() -> new UsageException("--options=" + text + ": a quote is not closed")))
                .orElse(List.of());
        return new ServerSettings.Ssh(
                host, host, options.get(PORT), options.get(USER).orElse("root"), words, options.get(TIMEOUT));
    }

    private static String line(String host, RouteAnswer answer) {
        if (answer instanceof RouteAnswer.NotReached not) {
            return "Monitoring server %s is reachable, Master is not reachable from %s. OK. (%s)"
                    .formatted(host, host, not.why());
        }
        if (answer instanceof RouteAnswer.Unusable unusable) {
            return "Monitoring server %s is NOT reachable! (%s)".formatted(host, unusable.why());
        }
        return "Master is reachable from %s!".formatted(host);
    }
}
