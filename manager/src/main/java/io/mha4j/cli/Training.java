package io.mha4j.cli;

import com.jcraft.jsch.JSch;
import io.mha4j.base.MhaException;
import io.mha4j.cli.command.CommandEntry;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.training.Lambdas;
import io.mha4j.cli.training.TrainingCiphers;
import io.mha4j.cli.training.TrainingRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.mariadb.jdbc.Driver;

/**
 * Loads the classes that commands load, and ends. The launchers run it once per JVM build and set of jars with the option
 * that makes the JVM write an archive of everything loaded. Changes nothing, and reaches nobody:
 * the configuration names ports of this host that nobody serves.
 */
final class Training {
    private static final String CONFIGURATION = """
            [server default]
            user=training
            password=training
            ssh_user=training
            ssh_port=1
            ssh_connection_timeout=1
            ssh_options=-F /dev/null
            port=1
            manager_workdir=%1$s/state
            manager_log=%1$s/state/log
            [server1]
            hostname=127.0.0.1
            candidate_master=1
            [server2]
            hostname=127.0.0.2
            """;

    private static final List<String> READING = List.of("config", "check-status", "check-ssh", "check-repl");

    private final Main commands;

    private Training(Main commands) {
        this.commands = commands;
    }

    public static void main(String[] args) throws IOException {
        Terminal nowhere = new Terminal(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        new Training(new Main(Commands.ALL, nowhere)).run();
        System.exit(0);
    }

    private void run() throws IOException {
        // The driver and SSH do most of their loading in the middle of a handshake, which there is none of here.
        for (Class<?> member : List.of(Training.class, Driver.class, JSch.class)) {
            loadAllBeside(member);
        }
        Path folder = Files.createTempDirectory("mha4j-training");
        Path conf = folder.resolve("app.cnf");
        Path global = folder.resolve("global.cnf");
        try {
            Files.writeString(conf, CONFIGURATION.formatted(folder));
            Files.writeString(global, "");
            for (CommandEntry entry : Commands.ALL) {
                commands.run(List.of("masterha", entry.name(), "--help"));
            }
            TrainingCiphers.use();
            keepJournal(folder.resolve("run"));
            // Reading commands only: they end by themselves and leave no trace.
            for (String reading : READING) {
                commands.run(List.of("masterha", reading, "--conf=" + conf, "--global_conf=" + global));
            }
        } finally {
            delete(folder);
        }
    }

    private static void keepJournal(Path folder) {
        try {
            TrainingRun.in(folder);
        } catch (MhaException e) {
            // Some classes less in the archive; whoever needs them will hear why.
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }

    /** Without initialising them: only their parsed form matters. From a folder of classes nothing can be archived. */
    private static void loadAllBeside(Class<?> member) throws IOException {
        Path jar = jarOf(member);
        if (!Files.isRegularFile(jar)) {
            return;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream().map(JarEntry::getName).forEach(Training::load);
        }
    }

    private static Path jarOf(Class<?> member) {
        try {
            return Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the jar of " + member + " has a place that is no URI", e);
        }
    }

    private static void load(String entry) {
        if (!entry.endsWith(".class") || entry.startsWith("META-INF") || entry.endsWith("-info.class")) {
            return;
        }
        String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
        try {
            Lambdas.link(Class.forName(name, false, Training.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            // One class less in the archive; whoever needs it will hear why.
        }
    }
}
