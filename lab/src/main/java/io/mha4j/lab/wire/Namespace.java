package io.mha4j.lab.wire;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.server.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The namespaces of one host, with {@code init} as first process. Its files are this machine's but for {@code /run} and
 * the account files, in which root has a home of its own. Without power until {@link #powerOn}.
 */
public final class Namespace implements Machine, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /**
     * Arguments: folder, name. As first process the shell takes in what others orphan. It ends with the process namespace
     * around it.
     */
    private static final String INIT = """
            hostname "$2" && ip link set lo up && mount -t sysfs sysfs /sys && mount -t tmpfs tmpfs /run && mkdir -m 755 /run/sshd || exit 2
            for file in passwd shadow; do mount --bind "$1/$file" "/etc/$file" || exit 2; done
            echo there
            while :; do sleep 3600; done
            """;

    /** The shell ends at once; what it leaves behind goes to the host's first process. */
    private static final String INTO_BACKGROUND = "\"$@\" </dev/null >>\"$CONSOLE\" 2>&1 & echo $!";

    private final String name;
    private final String address;
    private final Path folder;
    private final Programs programs = Programs.within(LIMIT);
    private Optional<Powered> powered = Optional.empty();

    /** The running host: the program that made the namespaces, its first process, the wire it is on. */
    private record Powered(Process maker, long init, Wire wire) {}

    /** A host called {@code name}, at {@code address}; {@code folder} keeps its account files and home, and exists. */
    public Namespace(String name, String address, Path folder) {
        this.name = name;
        this.address = address;
        this.folder = folder.toAbsolutePath();
    }

    public String address() {
        return address;
    }

    Path folder() {
        return folder;
    }

    /** Afterwards programs can be started. */
    synchronized void powerOn() {
        if (powered.isPresent()) {
            return;
        }
        Wire wire = Wire.lay(System.getenv());
        writeAccounts();
        try {
            Process maker = new ProcessBuilder(
                            "unshare",
                            "--net",
                            "--pid",
                            "--mount",
                            "--uts",
                            "--fork",
                            "--kill-child",
                            "--mount-proc",
                            init().toString(),
                            "-c",
                            INIT,
                            "init",
                            folder.toString(),
                            name)
                    .redirectErrorStream(true)
                    .start();
            awaitInit(maker);
            powered = Optional.of(new Powered(maker, first(maker), wire));
        } catch (IOException e) {
            throw new LabException("cannot start unshare: " + e.getMessage(), e);
        }
        wire.plug(name, link(), powered.orElseThrow().init());
        run("ip", "address", "add", address + "/" + Wire.PREFIX, "dev", "eth0");
        run("ip", "link", "set", "eth0", "up");
    }

    private String link() {
        return "02:00:00:00:00:%02x".formatted(Integer.parseInt(address.substring(address.lastIndexOf('.') + 1)));
    }

    private void awaitInit(Process maker) throws IOException {
        StringBuilder said = new StringBuilder();
        int next = maker.getInputStream().read();
        while (next >= 0 && next != '\n') {
            said.append((char) next);
            next = maker.getInputStream().read();
        }
        if (!said.toString().equals("there")) {
            maker.destroyForcibly();
            throw new LabException(
                    "namespaces of its own cannot be made for host " + name + ", which takes root: " + said);
        }
    }

    private long first(Process maker) {
        return maker.toHandle()
                .children()
                .findFirst()
                .orElseThrow(() -> new LabException("the first process of host " + name + " has ended"))
                .pid();
    }

    /** A shell under the name that the first process of a host has. */
    private Path init() throws IOException {
        Path link = folder.resolve("init");
        return Files.exists(link) ? link : Files.createSymbolicLink(link, Path.of("/bin/sh"));
    }

    /** The machine's accounts with those of SSH; no profile of this machine's root is run at a login. */
    private void writeAccounts() {
        Path home = Folders.make(folder.resolve("home"));
        Folders.write(
                folder.resolve("passwd"),
                otherAccounts()
                        + "root:x:0:0:root:" + home + ":/bin/bash\n"
                        + "sshd:x:110:65534::/run/sshd:/usr/sbin/nologin\n");
        Folders.write(folder.resolve("shadow"), "root:*:19000:0:99999:7:::\n");
    }

    private static String otherAccounts() {
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
            StringBuilder text = new StringBuilder();
            lines.filter(line -> !line.matches("(root|sshd):.*"))
                    .forEach(line -> text.append(line).append('\n'));
            return text.toString();
        } catch (IOException e) {
            throw new LabException("cannot read /etc/passwd: " + e.getMessage(), e);
        }
    }

    /** Off the wire first, so that nobody is told that connections end; then all its processes are killed. */
    synchronized void powerOff() {
        if (powered.isEmpty()) {
            return;
        }
        Powered was = powered.get();
        powered = Optional.empty();
        was.wire().unplug(name);
        ProcessHandle.of(was.init()).ifPresent(ProcessHandle::destroyForcibly);
        if (!Waiter.real().until(Waiter.real().in(LIMIT), () -> !was.maker().isAlive())) {
            throw new LabException("host " + name + " still runs after its first process was killed");
        }
    }

    /** {@code argv} as a command line that runs on the host. */
    public List<String> inside(List<String> argv) {
        List<String> line = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(on().init()), "--net", "--pid", "--mount", "--uts", "--"));
        line.addAll(argv);
        return line;
    }

    synchronized boolean isOn() {
        return powered.isPresent();
    }

    private synchronized Powered on() {
        return powered.orElseThrow(() -> new LabException("host " + name + " has no power"));
    }

    /** Runs a program of the host to its end and answers its output. */
    String run(String... argv) {
        return programs.run(Path.of("/"), inside(List.of(argv)));
    }

    @Override
    public ProcessHandle start(List<String> argv, Map<String, String> environment, Path directory, Path console)
            throws IOException {
        List<String> shell = new ArrayList<>(List.of("/bin/sh", "-c", INTO_BACKGROUND, "sh"));
        shell.addAll(argv);
        ProcessBuilder builder = new ProcessBuilder(inside(shell))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(console.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("CONSOLE", console.toString());
        Process starting = builder.start();
        String said = new String(starting.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return processes()
                .filter(process -> insidePid(process).filter(said::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new IOException("process " + said + " of host " + name + " ended at once"));
    }

    /** All processes of the host but its first, as this process sees them. */
    Stream<ProcessHandle> processes() {
        long init = on().init();
        String own = namespaceOf(init).orElse("");
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != init
                        && namespaceOf(process.pid()).filter(own::equals).isPresent());
    }

    private static Optional<String> namespaceOf(long pid) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/pid")).toString());
        } catch (IOException e) {
            return Optional.empty(); // It ended while we looked.
        }
    }

    /** The pid that the host itself knows. */
    private static Optional<String> insidePid(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("NSpid:"))
                    .map(line -> line.substring(line.lastIndexOf('\t') + 1))
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty(); // It ended while we looked.
        }
    }

    @Override
    public void close() {
        powerOff();
    }

    @Override
    public String toString() {
        return name;
    }
}
