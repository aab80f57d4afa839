package io.mha4j.monitor.death;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.decision.death.Keeper;
import io.mha4j.monitor.death.Scene.Seen;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import io.mha4j.topology.details.ServerFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the process of a living server on its host: the one that its process file names and that listens on its port. */
final class InstanceLook {
    /**
     * Answers lines of a word, a blank and a text. Arguments: process file, port, error log. The process file names a
     * process; that this one holds a socket which listens on the port shows that it is the server that we talk to.
     */
    private static final String SCRIPT = """
            LC_ALL=C; export LC_ALL
            file=$1 port=$2 log=$3 pid=
            if [ -r "$file" ]; then read -r pid _ <"$file"; fi
            case $pid in ''|*[!0-9]*) echo "problem its process file $file cannot be read"; exit 0 ;; esac
            if ! read -r stat 2>/dev/null <"/proc/$pid/stat"; then
              echo "problem there is no process $pid, which $file names"; exit 0
            fi
            name=${stat#*\\(}
            echo "name ${name%)*}"
            set -- ${stat##*) }
            echo "process $pid ${20}"
            parent=
            if [ -r "/proc/$2/comm" ]; then read -r parent <"/proc/$2/comm"; fi
            echo "parent $2 $parent"
            first=
            if [ -r /proc/1/comm ]; then read -r first </proc/1/comm; fi
            echo "init $first"
            if command -v initctl >/dev/null 2>&1; then echo "tables upstart"
            elif [ -e /etc/inittab ] && grep -q -E 'mysqld|mariadbd' /etc/inittab; then echo "tables inittab"
            fi
            while read -r line; do
              case $line in 0::/*|*:name=systemd:/*) echo "cgroup /${line#*:/}" ;; esac
            done 2>/dev/null <"/proc/$pid/cgroup"
            if [ -n "$log" ] && [ -f "$log" ] && [ -r "$log" ]; then echo "log $(wc -c <"$log")"; fi
            end=$(printf ':%04X' "$port")
            sockets=$(cat "/proc/$pid/net/tcp" "/proc/$pid/net/tcp6" 2>/dev/null | while read -r _ at _ state _ _ _ _ _ inode _; do
              case $state$at in 0A*"$end") echo "$inode" ;; esac
            done)
            open=$(ls -l "/proc/$pid/fd" 2>/dev/null)
            for inode in $sockets; do
              case $open in *"socket:[$inode]"*) echo "listens yes"; exit 0 ;; esac
            done
            """;

    private final Host host;

    InstanceLook(Host host) {
        this.host = host;
    }

    Seen see(ServerFiles files, int port, Deadline deadline) {
        List<String> argv = List.of(
                "sh",
                "-c",
                SCRIPT,
                "sh",
                files.processFile(),
                Integer.toString(port),
                files.errorLog().orElse(""));
        try {
            CommandRunner.Result result = host.run(argv, deadline);
            return result.succeeded()
                    ? seen(Answers.of(result.stdout()), files)
                    : new Seen.NotFound("the shell of " + host.name() + " ended with " + result.exitStatus() + ": "
                            + result.stderr());
        } catch (CommandException e) {
            return new Seen.NotFound(e.getMessage());
        }
    }

    static Seen seen(Map<String, String> answers, ServerFiles files) {
        Optional<String> problem = Optional.ofNullable(answers.get("problem"));
        if (problem.isPresent()) {
            return new Seen.NotFound(problem.get());
        }
        List<String> process = Answers.words(answers, "process");
        List<String> parent = Answers.words(answers, "parent");
        if (process.size() < 2 || parent.isEmpty()) {
            return new Seen.NotFound("its host tells nothing of its process");
        }
        long pid = Answers.number(process.get(0));
        if (!answers.containsKey("listens")) {
            return new Seen.NotFound("it cannot be seen that process " + pid
                    + " is what listens on its port; that needs the right to list" + " /proc/" + pid + "/fd");
        }
        Keeper keeper = new Keeper(
                new Keeper.Parent(Answers.number(parent.get(0)), parent.size() > 1 ? parent.get(1) : "?"),
                answers.getOrDefault("init", ""),
                answers.containsKey("tables"),
                Optional.ofNullable(answers.get("cgroup")));
        return new Seen.Found(new Instance(
                pid,
                Answers.number(process.get(1)),
                answers.getOrDefault("name", ""),
                files,
                Answers.number(answers.getOrDefault("log", "0")),
                keeper));
    }
}
