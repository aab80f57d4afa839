package io.mha4j.execution.fence;

import io.mha4j.base.Deadline;
import io.mha4j.remote.ThisMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** This host, on which each server belongs to the service {@code db.service} of a systemd that is made up. */
final class SystemdHost extends ThisMachine {
    private final List<String> asked = new ArrayList<>();
    private final String shown;
    private final Result answer;
    private Optional<String> server = Optional.empty();
    private String others = "";

    /**
     * @param shown  what {@code systemctl show} prints
     * @param answer to each other of its commands
     */
    SystemdHost(String shown, Result answer) {
        this.shown = shown;
        this.answer = answer;
    }

    /** The same, whose service has these processes besides the server. */
    SystemdHost withOthers(long... pids) {
        others = LongStream.of(pids)
                .mapToObj(pid -> "/proc/" + pid + "/cgroup\n")
                .collect(Collectors.joining());
        return this;
    }

    /** The words after {@code systemctl} of each command that would change something. */
    List<String> asked() {
        return asked;
    }

    @Override
    public Result run(List<String> argv, Deadline deadline) {
        if (argv.size() > 2 && argv.get(2).startsWith("grep -lF")) {
            return new Result(0, server.map(pid -> "/proc/" + pid + "/cgroup\n").orElse("") + others, "");
        }
        if (!argv.get(0).equals("systemctl")) {
            Result seen = super.run(argv, deadline);
            seen.stdout()
                    .lines()
                    .filter(line -> line.startsWith("ours|"))
                    .forEach(line -> server = Optional.of(line.split("[|]")[1]));
            String inService = seen.stdout().replaceAll("(?m)^(ours.*[|])[^|\n]*$", "$1db.service");
            return new Result(seen.exitStatus(), inService, seen.stderr());
        }
        if (argv.get(1).equals("show")) {
            return new Result(0, shown, "");
        }
        asked.add(String.join(" ", argv.subList(1, argv.size())));
        return answer;
    }
}
