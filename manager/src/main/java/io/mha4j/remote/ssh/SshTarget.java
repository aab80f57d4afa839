package io.mha4j.remote.ssh;

import io.mha4j.base.CommandException;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.HostKeyCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a connection to one host needs to know, decided as ssh would decide it: {@code ssh_options} first, then
 * the ssh_config file, then defaults.
 *
 * @param address       what is connected to
 * @param sudo          whether shells are started by sudo
 * @param identityFiles private keys in the order in which they are offered; of one that the agent holds the public part may
 *     be all there is
 * @param agent         socket of the agent whose keys are offered after them
 * @param onlyNamedKeys of the agent's keys only those that the files name are offered
 * @param hostKeys      whose host keys are believed
 * @param algorithms    lists that the operator changed, by ssh_config keyword in lower case
 * @param limit         of one attempt to connect
 * @param aliveInterval between two questions whether a silent host is still there; zero: never asked
 * @param aliveCount    questions without answer until the connection counts as lost
 */
record SshTarget(
        String address,
        int port,
        String user,
        boolean sudo,
        List<Path> identityFiles,
        Optional<Path> agent,
        boolean onlyNamedKeys,
        HostKeyRule hostKeys,
        Map<String, String> algorithms,
        Duration limit,
        Duration aliveInterval,
        int aliveCount) {

    private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");
    private static final List<String> ALGORITHMS = List.of(
            "ciphers",
            "macs",
            "kexalgorithms",
            "hostkeyalgorithms",
            "pubkeyacceptedalgorithms",
            "pubkeyacceptedkeytypes");

    private static final Pattern TIME_PART = Pattern.compile("(\\d{1,9})(?!\\d)([smhdwSMHDW]?)");
    private static final Pattern TIME = Pattern.compile("(?:" + TIME_PART.pattern() + ")+");

    /** A flag that is set; ssh compares such words without case. */
    private static final Set<String> YES = Set.of("yes", "true");

    private static final Pattern TOKEN = Pattern.compile("%.");

    /** Keywords that decide how a host is reached at all: to ignore them would reach another host, or none. */
    private static final List<String> OUT_OF_REACH = List.of("proxyjump", "proxycommand", "certificatefile");

    /** How messages call it. */
    String name() {
        return user + "@" + address + ":" + port;
    }

    /** What stands before its key in known_hosts, quoted for a shell. */
    String knownAs() {
        return hostKeys.alias().orElse(port == 22 ? address : "'[" + address + "]:" + port + "'");
    }

    /**
     * Decides for the host of {@code ssh}.
     *
     * @param home of the account that this program runs as
     * @throws CommandException if an option or a line of the ssh_config file cannot be honoured
     */
    static SshTarget of(ServerSettings.Ssh ssh, Path home) {
        return new Decision(ssh, home).target();
    }

    private static final class Decision {
        private final ServerSettings.Ssh ssh;
        private final Path home;
        private final SshOptions options;
        private final SshConfigFile file;

        Decision(ServerSettings.Ssh ssh, Path home) {
            this.ssh = ssh;
            this.home = home;
            options = SshOptions.parse(ssh.options());
            Path config = options.configFile().map(this::expanded).orElseGet(() -> home.resolve(".ssh")
                    .resolve("config"));
            file = SshConfigFile.of(config, ssh.ip(), home);
        }

        SshTarget target() {
            rejectUnsupported();
            return new SshTarget(
                    file.value("hostname").map(h -> h.replace("%h", ssh.ip())).orElse(ssh.ip()),
                    number("port", options.value("port"), ssh.port()),
                    options.value("user").orElse(ssh.user()),
                    ssh.manner().sudo(),
                    identityFiles(),
                    agent(),
                    YES.contains(value("identitiesonly").orElse("no").toLowerCase(Locale.ROOT)),
                    hostKeyRule(),
                    algorithms(),
                    ssh.connectionTimeout(),
                    value("serveraliveinterval").map(this::time).orElse(Duration.ofSeconds(5)),
                    number("serveralivecountmax", value("serveralivecountmax"), 3));
        }

        private void rejectUnsupported() {
            if (!options.unknown().isEmpty()) {
                throw new CommandException(
                        "SSH to " + ssh.host() + ": ssh_options holds " + String.join(", ", options.unknown())
                                + ", which is not supported; remove it, or set ssh_transport=ssh");
            }
            for (String keyword : OUT_OF_REACH) {
                if (!file.value(keyword).orElse("none").equalsIgnoreCase("none")) {
                    throw new CommandException(
                            "SSH to " + ssh.host() + ": the ssh_config file sets " + keyword + " for " + ssh.ip()
                                    + ", which is not supported; set ssh_transport=ssh, or ignore it by -F none in ssh_options");
                }
            }
        }

        private List<Path> identityFiles() {
            List<String> named = new ArrayList<>(options.identityFiles());
            named.addAll(file.values("identityfile"));
            if (!named.isEmpty()) {
                return named.stream()
                        .filter(n -> !n.equalsIgnoreCase("none"))
                        .map(this::expanded)
                        .distinct()
                        .toList();
            }
            Path folder = home.resolve(".ssh");
            return DEFAULT_KEYS.stream()
                    .map(folder::resolve)
                    .filter(key -> Files.exists(key) || Files.exists(LoginKeys.publicPartOf(key)))
                    .toList();
        }

        /** None where the operator switched it off or there is none. */
        private Optional<Path> agent() {
            String named = value("identityagent").orElse("SSH_AUTH_SOCK");
            if (named.equals("none")) {
                return Optional.empty();
            }
            String variable = named.startsWith("$") ? named.substring(1) : named;
            boolean isVariable = named.startsWith("$") || named.equals("SSH_AUTH_SOCK");
            Optional<String> socket = isVariable ? Optional.ofNullable(System.getenv(variable)) : Optional.of(named);
            return socket.filter(path -> !path.isEmpty()).map(this::expanded);
        }

        private static String word(HostKeyCheck check) {
            return switch (check) {
                case ACCEPT_NEW -> "accept-new";
                case STRICT -> "yes";
                case OFF -> "off";
            };
        }

        private HostKeyRule hostKeyRule() {
            String checking = options.value("stricthostkeychecking")
                    .or(() -> ssh.manner().hostKeyCheck().map(Decision::word))
                    .or(() -> file.value("stricthostkeychecking"))
                    .orElse("accept-new");
            HostKeyRule.Strictness strictness =
                    switch (checking.toLowerCase(Locale.ROOT)) {
                        case "yes", "true" -> HostKeyRule.Strictness.STRICT;
                        case "no", "off", "false" -> HostKeyRule.Strictness.OFF;
                        // Nobody is there to be asked.
                        case "accept-new", "ask" -> HostKeyRule.Strictness.ACCEPT_NEW;
                        default ->
                            throw new CommandException("SSH to " + ssh.host() + ": StrictHostKeyChecking=" + checking
                                    + " is none of yes, accept-new, no, off, ask; correct it");
                    };
            return new HostKeyRule(
                    strictness,
                    files("userknownhostsfile", home.resolve(".ssh/known_hosts").toString()),
                    files("globalknownhostsfile", "/etc/ssh/ssh_known_hosts"),
                    value("hostkeyalias"));
        }

        private List<Path> files(String keyword, String byDefault) {
            return Stream.of(value(keyword).orElse(byDefault).split("\\s+"))
                    .filter(n -> !n.equalsIgnoreCase("none"))
                    .map(this::expanded)
                    .toList();
        }

        private Map<String, String> algorithms() {
            return ALGORITHMS.stream().filter(k -> value(k).isPresent()).collect(Collectors.toMap(k -> k, k -> value(k)
                    .orElseThrow()));
        }

        private Optional<String> value(String keyword) {
            return options.value(keyword).or(() -> file.value(keyword));
        }

        private int number(String keyword, Optional<String> text, int byDefault) {
            try {
                return text.map(Integer::parseInt).orElse(byDefault);
            } catch (NumberFormatException e) {
                throw new CommandException(
                        "SSH to " + ssh.host() + ": " + keyword + "=" + text.orElse("") + " is no number; correct it",
                        e);
            }
        }

        /** As ssh reads times (sshd_config(5), TIME FORMATS): {@code 90}, {@code 1m30s}. */
        private Duration time(String text) {
            if (text.equals("none")) {
                return Duration.ZERO;
            }
            if (!TIME.matcher(text).matches()) {
                throw new CommandException("SSH to " + ssh.host() + ": serveraliveinterval=" + text
                        + " is no time, such as 90 or 1m30s; correct it");
            }
            return TIME_PART
                    .matcher(text)
                    .results()
                    .map(part -> unit(part.group(2)).multipliedBy(Integer.parseInt(part.group(1))))
                    .reduce(Duration.ZERO, Duration::plus);
        }

        private static Duration unit(String letter) {
            return switch (letter.toLowerCase(Locale.ROOT)) {
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                case "d" -> Duration.ofDays(1);
                case "w" -> Duration.ofDays(7);
                default -> Duration.ofSeconds(1);
            };
        }

        private Path expanded(String name) {
            String plain = TOKEN.matcher(name).replaceAll(found -> Matcher.quoteReplacement(meaning(found.group())));
            return plain.startsWith("~/") ? home.resolve(plain.substring(2)) : Path.of(plain);
        }

        /** ssh_config(5), TOKENS; others stay as they are, and the message about a missing file shows them. */
        private String meaning(String token) {
            return switch (token) {
                case "%%" -> "%";
                case "%d" -> home.toString();
                case "%h", "%n" -> ssh.ip();
                case "%r" -> ssh.user();
                case "%u" -> System.getProperty("user.name", token);
                default -> token;
            };
        }
    }
}
