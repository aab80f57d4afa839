package io.mha4j.execution.fence;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.decision.StepResult.Fence;
import io.mha4j.decision.StepResult.Fenced;
import io.mha4j.remote.Host;
import io.mha4j.remote.LocalHost;
import io.mha4j.remote.TestProgram;
import io.mha4j.remote.ThisMachine;
import io.mha4j.report.EventLog;
import io.mha4j.report.Level;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Processes that look like database servers from outside: the name, and a data directory in which they work. */
final class FakeServers implements AutoCloseable {
    static final Ticks TICKS = System::nanoTime;

    static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path place;
    private final List<Process> started = new ArrayList<>();

    FakeServers(Path place) {
        this.place = place;
    }

    Path datadir(String name) throws IOException {
        return Files.createDirectories(place.resolve(name));
    }

    /** One that nothing would start again, as far as it goes for a child of this process. */
    Process server(Path datadir) throws IOException {
        return start(datadir, "exec " + program() + " 1000");
    }

    /** One that listens at a port of the system's choice. */
    Process listening(Path datadir) throws IOException {
        String perl = "$^F = 255; socket(S, PF_INET, SOCK_STREAM, 0); bind(S, sockaddr_in(0, INADDR_LOOPBACK));"
                + " listen(S, 1); exec @ARGV";
        return start(datadir, "exec perl -MSocket -e '" + perl + "' " + program() + " 1000");
    }

    /** A process and the port of the loopback address at which it listens, it alone. */
    record Listener(long pid, int port) {}

    /**
     * One of another name that has these files open. This very process is no such one: what it has open, each program that another
     * test starts beside has open too, for a moment.
     */
    Listener stranger(Path... files) throws IOException {
        String perl = "socket(S, PF_INET, SOCK_STREAM, 0); bind(S, sockaddr_in(0, INADDR_LOOPBACK)); listen(S, 1);"
                + " my @held = map { open(my $file, '>>', $_) or die; $file } @ARGV;"
                + " $| = 1; print((sockaddr_in(getsockname(S)))[0], qq(\\n)); sleep 1000";
        List<String> argv = new ArrayList<>(List.of("perl", "-MSocket", "-e", perl));
        Stream.of(files).map(Path::toString).forEach(argv::add);
        Process process = new ProcessBuilder(argv).start();
        started.add(process);
        String port = process.inputReader(StandardCharsets.US_ASCII).readLine();
        return new Listener(process.pid(), Integer.parseInt(port));
    }

    /** A shell of the given name that starts one again whenever it ends. */
    Process keeper(String name, Path datadir) throws IOException {
        Path script = Files.writeString(place.resolve(name), whileThisLives(program() + " 1000"));
        return start(datadir, "exec sh " + script);
    }

    /** A shell below which some end all the time. */
    void ending(Path datadir) throws IOException {
        String some = IntStream.rangeClosed(10, 19)
                .mapToObj(millis -> program() + " 0.0" + millis + " & ")
                .collect(Collectors.joining());
        start(datadir, whileThisLives(some + "wait"));
    }

    /** Again and again: not for ever, if this process is killed before it can end the shell. */
    private static String whileThisLives(String command) {
        return "while kill -0 " + ProcessHandle.current().pid() + "; do " + command + "; done\n";
    }

    private Process start(Path datadir, String command) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(datadir.toFile())
                .start();
        started.add(process);
        return process;
    }

    private Path program() {
        Path program = place.resolve("mysqld");
        return Files.exists(program) ? program : TestProgram.copy(Path.of("/bin/sleep"), program);
    }

    static Instance instance(int port, Path datadir) {
        return new Instance("127.0.0.1", port, Optional.of(datadir.toString()), List.of());
    }

    static Ending ending(Instance instance) {
        return ending(instance, new LocalHost());
    }

    static Ending ending(Instance instance, Host host) {
        return ending(instance, host, new Ending.Time(deadline(), FakeServers::pause));
    }

    private static Ending ending(Instance instance, Host host, Ending.Time time) {
        EventLog log = EventLog.toStream(
                new PrintStream(OutputStream.nullOutputStream()), Level.INFO, () -> Instant.EPOCH, ZoneOffset.UTC);
        return new Ending(instance, host, log, time);
    }

    /** What comes of watching for {@code settle} one of which a first look said {@code seen}. */
    static Fenced watched(Instance instance, Fenced seen, Duration settle) {
        return new Vigil(() -> ending(instance), settle, TICKS, FakeServers::pause).over(seen, TICKS.nanos());
    }

    /** What comes of watching it for {@code settle} from now on. */
    static Fenced watched(Instance instance, Duration settle) {
        Fenced gone = new Fenced(Fence.PROVEN, false, false, "it is gone");
        return new Vigil(() -> patient(instance), settle, TICKS, FakeServers::pause).over(gone, TICKS.nanos());
    }

    /** Time is over when something was killed for the tenth time, however long that takes. */
    private static Ending patient(Instance instance) {
        AtomicInteger kills = new AtomicInteger();
        Ticks ticks = () -> kills.get() < 10 ? 0 : LIMIT.toNanos();
        Host host = new ThisMachine() {
            @Override
            public Result run(List<String> argv, Deadline deadline) {
                Result result = super.run(argv, deadline);
                if (argv.size() > 2 && argv.get(2).contains("kill -9")) {
                    kills.incrementAndGet();
                }
                return result;
            }
        };
        return ending(instance, host, new Ending.Time(Deadline.in(LIMIT, ticks), FakeServers::pause));
    }

    /** What runs of the instance, once something does. */
    static Sight awaited(Instance instance) {
        Deadline deadline = deadline();
        Sight sight = instance.look(new LocalHost(), deadline);
        while (sight.ours().isEmpty() && !deadline.isOver()) {
            sight = instance.look(new LocalHost(), deadline);
        }
        return sight;
    }

    static Deadline deadline() {
        return Deadline.in(LIMIT, TICKS);
    }

    static void pause(Duration time) throws InterruptedException {
        if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody counts down");
        }
    }

    static boolean ends(Process process) throws InterruptedException {
        return process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Keepers first: one that lives would start another server behind our back. */
    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
        started.forEach(process -> process.onExit().join());
        ProcessHandle.allProcesses()
                .filter(p -> p.info()
                        .command()
                        .filter(c -> c.startsWith(place + "/"))
                        .isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }
}
