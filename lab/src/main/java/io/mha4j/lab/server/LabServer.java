package io.mha4j.lab.server;

import io.mha4j.base.Deadline;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.base.Waiter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One database server: a process on a data directory of its own, listening at an address of its own. It can be
 * killed, frozen and started again; the data stay until {@link #close}. It never outlives this Java process unless that
 * is killed with SIGKILL. Safe for use by several threads.
 */
public final class LabServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final Installation installation;
    private final ServerSpec spec;
    private final Path folder;
    private final Machine machine;
    private final Waiter waiter = Waiter.real();
    private final Logins logins;
    private final Thread atExit = new Thread(this::killIfRunning, "lab-server-exit");

    private volatile Optional<ProcessHandle> process = Optional.empty();

    private LabServer(Installation installation, ServerSpec spec, Path folder, Machine machine) {
        this.installation = installation;
        this.spec = spec;
        this.folder = folder.toAbsolutePath();
        this.machine = machine;
        this.logins = new Logins(spec.host(), spec.port());
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A server on a copy of the installation's data in {@code folder}, which is made; not started yet. */
    public static LabServer create(Installation installation, ServerSpec spec, Path folder, Machine machine) {
        Folders.make(folder);
        Folders.copy(installation.template(), folder.resolve("data"));
        return onExistingData(installation, spec, folder, machine);
    }

    /** A server on data that are in {@code folder/data} already; not started yet. */
    static LabServer onExistingData(Installation installation, ServerSpec spec, Path folder, Machine machine) {
        LabServer server = new LabServer(installation, spec, folder, machine);
        Folders.make(server.folder.resolve("tmp"));
        Folders.write(
                server.configFile(), ConfigText.of(installation.kind(), installation.software(), spec, server.folder));
        return server;
    }

    /**
     * Starts the process and returns once root can log in.
     *
     * @throws LabException if it runs already, ends, or lets nobody in for 90 s; quotes the end of the error log
     */
    public synchronized void start() {
        if (running()) {
            throw new LabException(this + " is running already, pid " + pid());
        }
        ProcessHandle started = launch();
        process = Optional.of(started);
        Deadline deadline = waiter.in(START_LIMIT);
        boolean up = waiter.until(deadline, () -> !started.isAlive() || logins.works(Account.ROOT));
        if (!up || !started.isAlive()) {
            started.destroyForcibly();
            throw new LabException("%s %s; its error log ends with:%n  %s"
                    .formatted(this, up ? "ended while starting" : "let nobody log in for 90 s", logTail()));
        }
    }

    private ProcessHandle launch() {
        // Left by a killed server; MySQL 8 refuses to start when its process id is in use again.
        Folders.delete(dataDir().resolve("mysql.sock.lock"));
        List<String> argv = new ArrayList<>(installation.software().argv());
        argv.add("--defaults-file=" + configFile());
        try {
            return machine.start(argv, installation.software().environment(), folder, folder.resolve("console.log"));
        } catch (IOException e) {
            throw new LabException(this + " cannot be started: " + e.getMessage(), e);
        }
    }

    private String logTail() {
        return Programs.lastLines(textOf(folder.resolve("console.log")) + "\n" + textOf(errorLog()));
    }

    private static String textOf(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            return file + " cannot be read: " + e.getMessage();
        }
    }

    /** SIGKILL; returns once the process is gone. */
    public void kill9() {
        ProcessHandle victim = alive();
        victim.destroyForcibly();
        awaitEnd(victim, KILL_LIMIT, "SIGKILL");
    }

    /** SIGSTOP: the process keeps its ports and connections and does nothing. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT: undoes {@link #freeze}. */
    public void thaw() {
        signal("CONT");
    }

    /**
     * SIGTERM; returns once the process has ended by itself.
     *
     * @throws LabException if it has not within {@code limit}
     */
    public void stopCleanly(Duration limit) {
        ProcessHandle victim = alive();
        victim.destroy();
        awaitEnd(victim, limit, "SIGTERM");
    }

    private void awaitEnd(ProcessHandle victim, Duration limit, String signal) {
        if (!waiter.until(waiter.in(limit), () -> !victim.isAlive())) {
            throw new LabException(
                    "%s (pid %d) still runs %d ms after %s".formatted(this, victim.pid(), limit.toMillis(), signal));
        }
    }

    private void signal(String name) {
        String pid = Long.toString(alive().pid());
        Programs.within(KILL_LIMIT).run(Path.of("/"), List.of("/bin/sh", "-c", "kill -" + name + " " + pid));
    }

    private ProcessHandle alive() {
        return process.filter(ProcessHandle::isAlive).orElseThrow(() -> new LabException(this + " is not running"));
    }

    /** Whether the process exists, frozen or not. */
    public boolean running() {
        return process.filter(ProcessHandle::isAlive).isPresent();
    }

    /**
     * Process id of the last start.
     *
     * @throws LabException if it was never started
     */
    public long pid() {
        return process.orElseThrow(() -> new LabException(this + " was never started"))
                .pid();
    }

    public ServerKind kind() {
        return installation.kind();
    }

    public ServerSpec spec() {
        return spec;
    }

    public String host() {
        return spec.host();
    }

    public int port() {
        return spec.port();
    }

    public Path dataDir() {
        return folder.resolve("data");
    }

    public Path errorLog() {
        return folder.resolve("error.log");
    }

    /** The configuration file; a change counts from the next start on. */
    public Path configFile() {
        return folder.resolve("my.cnf");
    }

    /** A new connection as root; connect time-out 2 s, socket time-out 30 s. The caller closes it. */
    public Connection connect() throws SQLException {
        return connect(Account.ROOT);
    }

    /** A new connection as {@code account}; connect time-out 2 s, socket time-out 30 s. The caller closes it. */
    public Connection connect(Account account) throws SQLException {
        return logins.connect(account);
    }

    /** Runs statements as root over one connection, in order. */
    public void sql(String... statements) {
        logins.run(List.of(statements));
    }

    /** First column of the first row as text; empty if there is no row or it is NULL. */
    public Optional<String> value(String query) {
        return logins.value(query);
    }

    /** First row by column label, NULL as empty text; empty if there is no row. */
    public Optional<Map<String, String>> row(String query) {
        return logins.row(query);
    }

    private void killIfRunning() {
        process.ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Kills the process if it runs. The files stay: they belong to the work folder. */
    @Override
    public void close() {
        if (running()) {
            kill9();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // Java is ending already; the hook finds nothing to kill.
        }
    }

    @Override
    public String toString() {
        return installation.kind() + " at " + spec.host() + ":" + spec.port();
    }
}
