package io.mha4j.lab.cases;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Ticks;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.cases.CaseResult.Ending;
import io.mha4j.lab.stage.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a case in a child process with namespaces of its own for network, processes and mounts: addresses and packet
 * filters of one case are invisible to another, and killing the child ends everything that it started.
 */
final class CaseProcess {
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** The shell stays: as the first process of the namespace it takes in what others orphan. */
    private static final String INSIDE = "ip link set lo up || exit 2; \"$@\"; exit $?";

    private final Layout layout;
    private final Ticks ticks;
    private final boolean keep;

    /** {@code keep} keeps the folders of passed cases too. */
    CaseProcess(Layout layout, Ticks ticks, boolean keep) {
        this.layout = layout;
        this.ticks = ticks;
        this.keep = keep;
    }

    CaseResult run(CaseRun run) {
        Path results = layout.results().resolve(run.label());
        Folders.delete(results);
        Folders.make(results);
        Path output = results.resolve("output.txt");
        Path data = Folders.temporary();
        long start = ticks.nanos();
        Ending ending = Ending.FAILED;
        try {
            ending = end(launch(run, results, data), run.file().head().deadline());
        } finally {
            Folders.delete(data);
        }
        if (ending == Ending.PASSED && !keep) {
            Folders.delete(results);
        }
        return new CaseResult(run, ending, Duration.ofNanos(ticks.nanos() - start), output);
    }

    private Process launch(CaseRun run, Path results, Path data) {
        List<String> argv = new ArrayList<>(namespaces());
        argv.addAll(List.of(init(data).toString(), "-c", INSIDE, "sh"));
        argv.addAll(java());
        argv.addAll(List.of(
                CaseChild.class.getName(),
                layout.root().toString(),
                run.file().name(),
                run.kind().label(),
                run.gtid() ? "on" : "off",
                run.format(),
                results.toString(),
                data.toString()));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(results.resolve("output.txt").toFile());
        builder.environment().put("MHA4J_LAB_NETNS", "1");
        builder.environment().put("MHA4J_LAB_PIDNS", "1");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new LabException("cannot start a case in namespaces of its own: " + e.getMessage(), e);
        }
    }

    /** A shell under the name that the first process of a host has, by which programs tell what it does for others. */
    private static Path init(Path folder) {
        try {
            return Files.createSymbolicLink(folder.resolve("init"), Path.of("/bin/sh"));
        } catch (IOException e) {
            throw new LabException("cannot name a shell: " + e.getMessage(), e);
        }
    }

    private static List<String> namespaces() {
        // Tests under nohup would hand on that hang-ups are ignored, by which a manager means that it was started so.
        List<String> argv = new ArrayList<>(List.of("env", "--default-signal=HUP", "unshare"));
        if (!"root".equals(System.getProperty("user.name"))) {
            argv.add("--map-root-user");
        }
        argv.addAll(List.of("--net", "--pid", "--fork", "--kill-child", "--mount-proc"));
        return argv;
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Several of these have the same pid, each in its own namespace; the file is named after it.
                "-XX:-UsePerfData",
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"));
    }

    private Ending end(Process process, Duration limit) {
        Thread atExit = new Thread(process::destroyForcibly, "case-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            Deadline deadline = Deadline.in(limit.plus(GRACE), ticks);
            boolean ended = process.waitFor(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                return Ending.TOO_LONG;
            }
            return process.exitValue() == 0 ? Ending.PASSED : Ending.FAILED;
        } catch (InterruptedException e) {
            throw InterruptedWork.during("a case", e);
        } finally {
            destroy(process);
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }

    private static void destroy(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("ending a case", e);
        }
    }
}
