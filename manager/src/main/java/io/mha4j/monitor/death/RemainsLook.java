package io.mha4j.monitor.death;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.decision.death.Ending;
import io.mha4j.decision.death.Ending.ProcessFile;
import io.mha4j.decision.death.Fate;
import io.mha4j.decision.death.Findings;
import io.mha4j.decision.death.Proof;
import io.mha4j.decision.death.Question;
import io.mha4j.decision.death.UnitState;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Looks on its host for what is left of a server. */
final class RemainsLook {
    /**
     * Answers lines of a word, a blank and a text. Arguments: process id, its start, process file, error log, its size
     * then, data directory, unit. A process that ended and whose parent has not heard of it yet (Z) is gone too. Of a log that
     * was begun anew everything counts, of a long one the end. Who runs in the data directory is the next server.
     */
    private static final String SCRIPT = """
            LC_ALL=C; export LC_ALL
            pid=$1 start=$2 file=$3 log=$4 size=$5 datadir=$(cd "$6" 2>/dev/null && pwd -P) unit=$7
            if [ ! -r /proc/self/stat ]; then echo "fate unknown"
            elif read -r stat 2>/dev/null <"/proc/$pid/stat"; then
              set -- ${stat##*) }
              case $1 in
                Z|X) echo "fate gone" ;;
                *) if [ "${20}" = "$start" ]; then echo "fate alive"; else echo "fate gone"; fi ;;
              esac
            else echo "fate gone"
            fi
            now=
            if [ -r "$file" ]; then read -r now _ <"$file"; echo "file $now"
            elif [ -e "$file" ]; then echo "file unreadable"
            else
              if [ -x "${file%/*}" ] || [ ! -e "${file%/*}" ]; then echo "file removed"; else echo "file unreadable"; fi
            fi
            if [ -n "$log" ] && [ -f "$log" ] && [ -r "$log" ]; then
              if [ "$(wc -c <"$log")" -lt "$size" ]; then size=0; fi
              echo "words $(tail -c +$((size + 1)) "$log" | tail -c 262144 |
                grep -c -E 'ormal shutdown|hutdown complete|eceived SHUTDOWN|chance to die gracefully')"
            fi
            for dir in /proc/[0-9]*; do
              name=
              read -r name 2>/dev/null <"$dir/comm"
              case $name in
                mysqld_safe|mariadbd-safe|mysqld_multi) echo "successor $name, process ${dir#/proc/}" ;;
                mysqld*|mariadbd*)
                  if [ "${dir#/proc/}" != "$pid" ] && [ -e "$dir/exe" ] && [ "$(readlink "$dir/cwd")" = "$datadir" ]; then
                    echo "successor $name, process ${dir#/proc/}"
                  fi ;;
              esac
            done
            if [ -n "$unit" ]; then
              systemctl show -p Restart -p ActiveState -p Job -p OnFailure -p TriggeredBy -p RestartForceExitStatus "$unit" \
                2>/dev/null | while read -r line; do echo "unit-$line" | sed 's/=/ /'; done
            fi
            echo "end here"
            """;

    private final Host host;

    RemainsLook(Host host) {
        this.host = host;
    }

    /** Answers what it finds about the process, its end and who starts it again; nothing if the host does not tell. */
    Findings look(Instance instance, Deadline deadline) {
        try {
            CommandRunner.Result result = host.run(command(instance), deadline);
            Map<String, String> answers = Answers.of(result.stdout());
            return answers.containsKey("end")
                    ? findings(instance, answers)
                    : unknown(instance, "its host's shell ended with " + result.exitStatus());
        } catch (CommandException e) {
            return unknown(instance, e.getMessage());
        }
    }

    static Findings unknown(Instance instance, String why) {
        return Findings.NONE.with(
                Question.PROCESS_GONE,
                new Proof.Unknown("it cannot be told whether process " + instance.pid() + " has ended: " + why));
    }

    private static List<String> command(Instance instance) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
        argv.addAll(List.of(
                Long.toString(instance.pid()),
                Long.toString(instance.start()),
                instance.files().processFile(),
                instance.files().errorLog().orElse(""),
                Long.toString(Math.max(0, instance.logEnd())),
                instance.files().datadir(),
                instance.keeper().unit().orElse("")));
        return argv;
    }

    static Findings findings(Instance instance, Map<String, String> answers) {
        Fate fate =
                switch (answers.getOrDefault("fate", "")) {
                    case "gone" -> Fate.GONE;
                    case "alive" -> Fate.ALIVE;
                    default -> Fate.UNKNOWN;
                };
        Ending ending = new Ending(processFile(instance, answers), lastWords(answers));
        return Findings.NONE
                .with(Question.PROCESS_GONE, fate.gone(instance.pid()))
                .with(Question.NOT_STOPPED, ending.notStopped())
                .with(
                        Question.NOT_RESTARTED,
                        instance.keeper().notRestarted(unit(answers), Optional.ofNullable(answers.get("successor"))));
    }

    private static ProcessFile processFile(Instance instance, Map<String, String> answers) {
        String answer = answers.getOrDefault("file", "unreadable");
        return switch (answer) {
            case "removed" -> ProcessFile.REMOVED;
            case "unreadable" -> ProcessFile.UNREADABLE;
            default -> answer.equals(Long.toString(instance.pid())) ? ProcessFile.LEFT : ProcessFile.ANOTHER;
        };
    }

    private static OptionalInt lastWords(Map<String, String> answers) {
        long lines = Answers.number(answers.getOrDefault("words", ""));
        return lines < 0 ? OptionalInt.empty() : OptionalInt.of((int) Math.min(lines, Integer.MAX_VALUE));
    }

    private static Optional<UnitState> unit(Map<String, String> answers) {
        Map<String, String> properties = new TreeMap<>();
        answers.forEach((word, text) -> {
            if (word.startsWith("unit-")) {
                properties.put(word.substring("unit-".length()), text);
            }
        });
        return properties.isEmpty() ? Optional.empty() : Optional.of(new UnitState(properties));
    }
}
