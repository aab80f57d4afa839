package io.mha4j.monitor.check;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings.MovedAddress;
import io.mha4j.hooks.AddressLook;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import io.mha4j.topology.details.HostDetails;
import io.mha4j.topology.details.HostDetails.Disk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What one host shows: whether its logs can be read, what room is left, who would start its server again. */
final class HostLook {
    /**
     * Answers lines of a word, a blank and a text. Arguments: the process file; with {@code vip} this word and what {@link AddressLook}
     * needs, whose function comes before; then pairs of a word and a path. In one call, because each call costs a way there and back; with few programs, because a shell spends its time on starting them.
     */
    private static final String SCRIPT = """
            LC_ALL=C; export LC_ALL
            log() {
              d=${2%/*}
              if [ ! -d "$d" ]; then echo "$1 there is no directory $d"
              elif [ ! -r "$d" ] || [ ! -x "$d" ]; then echo "$1 the directory $d cannot be read"
              elif [ ! -e "$2" ]; then echo "$1 there is no $2"
              elif [ ! -r "$2" ]; then echo "$1 $2 cannot be read"
              else
                if [ "$2" != "$last" ]; then start=$(od -An -tx1 -N4 "$2"); last=$2; fi
                echo "$1 =$start"
              fi
            }
            last=
            pid=
            if [ -r "$1" ]; then read -r pid _ <"$1"; fi
            if [ -n "$pid" ] && [ -r "/proc/$pid/status" ]; then
              parent=0
              while read -r key value _; do
                if [ "$key" = PPid: ]; then parent=$value; fi
              done <"/proc/$pid/status"
              if [ -r "/proc/$parent/comm" ]; then read -r name <"/proc/$parent/comm"; echo "parent $name"; fi
              unit=
              while read -r line; do
                case $line in *.service) if [ -z "$unit" ]; then unit=${line##*/}; fi ;; esac
              done 2>/dev/null <"/proc/$pid/cgroup"
              if [ -n "$unit" ]; then echo "unit $unit $(systemctl show -p Restart "$unit" 2>/dev/null)"; fi
            fi
            shift
            if [ "$1" = vip ]; then address "$2" "$3" "$4"; shift 4; fi
            while [ $# -gt 1 ]; do
              case $1 in
                disk*) df -Pk "$2" 2>/dev/null | { read -r _; read -r _ _ _ free _; echo "$1 $free"; } ;;
                *) log "$1" "$2" ;;
              esac
              shift 2
            done
            """;

    private static final String ENCRYPTED = "= fd 62 69 6e";
    private static final String PLAIN = "= fe 62 69 6e";

    private final Host host;
    private final Ticks ticks;

    HostLook(Host host, Ticks ticks) {
        this.host = host;
        this.ticks = ticks;
    }

    /** Connects; why it did not work, if so. */
    Optional<String> greet(Duration limit) {
        try {
            CommandRunner.Result result = host.run(List.of("true"), Deadline.in(limit, ticks));
            return result.succeeded()
                    ? Optional.empty()
                    : Optional.of("the command true ended with " + result.exitStatus());
        } catch (CommandException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Everything else, of a host that can be reached. */
    HostDetails details(HostPaths paths, FeedLook feed, Deadline deadline) {
        try {
            CommandRunner.Result result = host.run(command(paths), deadline);
            if (!result.succeeded()) {
                return HostDetails.unreachable("its shell ended with " + result.exitStatus() + ": " + result.stderr());
            }
            return read(paths, result.stdout(), feed.problem(host, deadline));
        } catch (CommandException e) {
            return HostDetails.unreachable(e.getMessage());
        }
    }

    private static List<String> command(HostPaths paths) {
        Optional<MovedAddress> vip = paths.server().scripts().vip();
        String script = vip.isPresent() ? AddressLook.FUNCTION + SCRIPT : SCRIPT;
        List<String> argv = new ArrayList<>(
                List.of("sh", "-c", script, "sh", paths.pidFile().orElse("/dev/null")));
        vip.ifPresent(moved -> {
            argv.add("vip");
            argv.addAll(AddressLook.arguments(moved, paths.server()));
        });
        for (String binlog : paths.configuredBinlogs()) {
            argv.addAll(List.of("configured", binlog));
        }
        paths.actualBinlog().ifPresent(b -> argv.addAll(List.of("binlog", b)));
        paths.relayLog().ifPresent(b -> argv.addAll(List.of("relay", b)));
        for (String directory : paths.directories()) {
            argv.addAll(List.of("disk" + directory, directory));
        }
        return argv;
    }

    /** Of several answers by one word the best: a log that was read, else the first. */
    private static Map<String, String> answers(String text) {
        Map<String, String> answers = new TreeMap<>();
        text.lines().forEach(line -> {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                answers.merge(
                        line.substring(0, blank),
                        line.substring(blank + 1).strip(),
                        (a, b) -> !a.startsWith("=") && b.startsWith("=") ? b : a);
            }
        });
        return answers;
    }

    private static HostDetails read(HostPaths paths, String told, Optional<String> feedProblem) {
        Map<String, String> answers = answers(told);
        List<Disk> disks = new ArrayList<>();
        for (String directory : paths.directories()) {
            String free = answers.getOrDefault("disk" + directory, "");
            disks.add(new Disk(
                    directory,
                    free.matches("\\d{1,15}") ? OptionalLong.of(Long.parseLong(free) << 10) : OptionalLong.empty()));
        }
        Optional<String> binlog = Optional.ofNullable(answers.get("binlog"));
        Optional<String> configured = Optional.ofNullable(answers.get("configured"));
        return new HostDetails(
                true,
                Optional.empty(),
                binlogProblem(paths, binlog, configured),
                binlog.filter(ENCRYPTED::equals).isPresent(),
                Optional.ofNullable(answers.get("relay")).flatMap(HostLook::problem),
                disks,
                restarter(answers),
                feedProblem,
                AddressLook.read(told));
    }

    /** The configured directories count most: of a dead server nothing else is known. */
    private static Optional<String> binlogProblem(
            HostPaths paths, Optional<String> actual, Optional<String> configured) {
        if (configured.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> problem = configured.flatMap(HostLook::problem);
        boolean elsewhere =
                actual.isPresent() && actual.flatMap(HostLook::problem).isEmpty();
        return problem.map(p -> elsewhere
                ? "master_binlog_dir does not lead to them (" + p + "), they are at "
                        + paths.actualBinlog().orElse("")
                : p);
    }

    private static Optional<String> problem(String answer) {
        if (!answer.startsWith("=")) {
            return Optional.of(answer);
        }
        return answer.equals(PLAIN) || answer.equals(ENCRYPTED)
                ? Optional.empty()
                : Optional.of("it does not begin as a binary log does but with "
                        + answer.substring(1).strip());
    }

    private static Optional<String> restarter(Map<String, String> answers) {
        String parent = answers.getOrDefault("parent", "");
        if (parent.contains("mysqld_safe") || parent.contains("mariadbd-safe")) {
            return Optional.of(parent);
        }
        String unit = answers.getOrDefault("unit", "");
        boolean restarts = unit.contains("Restart=") && !unit.endsWith("Restart=no");
        return restarts ? Optional.of("systemd (" + unit + ")") : Optional.empty();
    }
}
