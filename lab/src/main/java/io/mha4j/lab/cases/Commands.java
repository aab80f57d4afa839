package io.mha4j.lab.cases;

import io.mha4j.base.Deadline;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.stage.ProgramRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands that a case runs: one after the other in the foreground, and named ones in the background. */
final class Commands implements AutoCloseable {
    private final Path work;
    private final Map<String, String> environment;
    private final Map<String, ProgramRun> background = new LinkedHashMap<>();
    private Optional<ProgramRun> last = Optional.empty();
    private int foreground;

    /** {@code work} is their working directory and gets their output. */
    Commands(Path work, Layout layout) {
        this.work = work;
        this.environment = Map.of("PATH", layout.bin() + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    }

    /** Runs {@code command} to its end. */
    int run(String command, Deadline deadline) {
        ProgramRun program = start(command, "run" + ++foreground);
        last = Optional.of(program);
        return program.await(deadline);
    }

    /** Runs {@code command} aside: the next question about the last command does not mean it. */
    int tryRun(String command, Deadline deadline) {
        try (ProgramRun program = start(command, "look")) {
            return program.await(deadline);
        }
    }

    void runInBackground(String name, String command) {
        if (background.containsKey(name) && background.get(name).running()) {
            throw new CaseFailed("'" + name + "' is running already");
        }
        background.put(name, start(command, name));
    }

    /** The command is one program and its arguments; exec makes the program's pid the one that is known here. */
    private ProgramRun start(String command, String name) {
        return ProgramRun.start(
                List.of("/bin/sh", "-c", "exec " + command), work, environment, work.resolve(name + ".out"));
    }

    /** Shell text that must end with 0. */
    void shell(String command, Deadline deadline) {
        mustEnd(List.of("/bin/sh", "-c", command), deadline);
    }

    /** A command line that must end with 0. */
    void mustEnd(List<String> argv, Deadline deadline) {
        try (ProgramRun program = ProgramRun.start(argv, work, environment, work.resolve("shell.out"))) {
            int exit = program.await(deadline);
            if (exit != 0) {
                throw new CaseFailed("ended with " + exit + ": " + program.output());
            }
        }
    }

    ProgramRun last() {
        return last.orElseThrow(() -> new CaseFailed("no command was run"));
    }

    ProgramRun background(String name) {
        return Optional.ofNullable(background.get(name))
                .orElseThrow(() -> new CaseFailed("'" + name + "' was not started in this run"));
    }

    /** Files with output, for a report of a failure. */
    List<Path> outputs() {
        List<Path> outputs = new ArrayList<>();
        background.keySet().forEach(name -> outputs.add(work.resolve(name + ".out")));
        if (foreground > 0) {
            outputs.add(work.resolve("run" + foreground + ".out"));
        }
        return outputs.stream().filter(Files::exists).toList();
    }

    @Override
    public void close() {
        background.values().forEach(ProgramRun::close);
    }
}
