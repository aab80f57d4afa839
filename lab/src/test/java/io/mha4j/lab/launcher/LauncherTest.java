package io.mha4j.lab.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.lab.base.AtOnce;
import io.mha4j.lab.base.Patience;
import io.mha4j.lab.base.TestProgram;
import io.mha4j.remote.CommandRunner.Result;
import io.mha4j.remote.LocalRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real launcher in an installed tree whose only jar holds a small program that says what it was given. */
class LauncherTest {
    private static final String PROGRAM = """
            package io.mha4j.cli;
            public class Main {
                public static void main(String[] args) {
                    for (String arg : args) System.out.println("<" + arg + ">");
                    System.out.println("pid " + ProcessHandle.current().pid());
                    System.out.println(ProcessHandle.current().info().commandLine().orElse(""));
                    System.out.println("path " + System.getenv("PATH"));
                    if (args.length > 1 && args[1].equals("status")) System.exit(Integer.parseInt(args[2]));
                }
            }
            class Training {
                public static void main(String[] args) { Main.main(args); }
            }
            """;

    private static final byte[] PROGRAM_JAR = compiled();

    /** It is made at the lowest priority: beside other tests that is none as long as they take all processors. */
    private static final Duration MAKING = Duration.ofMinutes(5);

    @TempDir
    private Path dir = Path.of("");

    private Path cache = Path.of("");

    @BeforeEach
    void install() throws IOException {
        cache = dir.resolve("cache");
        Path lib = Files.createDirectories(dir.resolve("installed/lib"));
        Files.write(lib.resolve("mha4j-manager-1.jar"), PROGRAM_JAR);
        Path bin = Files.createDirectories(dir.resolve("installed/bin"));
        TestProgram.copy(Path.of("../bin/masterha").toAbsolutePath().normalize(), bin.resolve("masterha"), "755");
        Files.createSymbolicLink(bin.resolve("masterha_stop"), Path.of("masterha"));
    }

    @Test
    void arguments_arrive_unharmed_after_the_name_it_was_called_by() {
        Result result = run("masterha_stop", "MHA4J_CACHE=off", "--conf=a b", "", "*", "it's $HOME \\ \"x\"", "ü");

        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout())
                .startsWith("<masterha_stop>\n<--conf=a b>\n<>\n<*>\n<it's $HOME \\ \"x\">\n<ü>\npid ");
    }

    @Test
    void an_argument_survives_a_locale_that_lacks_its_characters() {
        assertThat(sh("LC_ALL=C MHA4J_CACHE=off", "masterha", "'pä€'").stdout()).contains("<pä€>");
        assertThat(sh("LC_ALL= LANG=C MHA4J_CACHE=off", "masterha", "'pä€'").stdout())
                .contains("<pä€>");
    }

    @Test
    void scripts_find_the_programs_beside_it_after_all_others() {
        assertThat(sh("PATH=/usr/bin:/bin MHA4J_CACHE=off", "masterha_stop", "").stdout())
                .contains("\npath /usr/bin:/bin:" + dir.resolve("installed/bin") + "\n");
    }

    @Test
    void it_becomes_the_jvm_and_its_status_is_the_commands() {
        Result result = sh("MHA4J_CACHE=off", "masterha", "status 20");
        Result pids = local("sh", "-c", "echo shell $$; MHA4J_CACHE=off exec '" + bin("masterha") + "'");

        assertThat(result.exitStatus()).isEqualTo(20);
        List<String> lines = pids.stdout().lines().toList();
        assertThat(lines.get(2)).isEqualTo(lines.get(0).replace("shell", "pid"));
    }

    @Test
    void commands_that_may_carry_data_get_the_optimising_compiler() throws IOException {
        Files.createSymbolicLink(dir.resolve("installed/bin/masterha_manager"), Path.of("masterha"));
        Files.createSymbolicLink(dir.resolve("installed/bin/masterha_check_repl"), Path.of("masterha"));

        String small = "TieredStopAtLevel=1";
        assertThat(run("masterha_manager", "MHA4J_CACHE=off").stdout())
                .contains("io.mha4j.cli.Main")
                .doesNotContain(small);
        assertThat(run("masterha", "MHA4J_CACHE=off", "manager").stdout()).doesNotContain(small);
        assertThat(run("masterha_check_repl", "MHA4J_CACHE=off").stdout()).contains(small);
        assertThat(run("masterha_stop", "MHA4J_CACHE=off").stdout())
                .contains("-Xint")
                .doesNotContain(small);
    }

    @Test
    void a_link_from_elsewhere_finds_the_jars() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("masterha_check_repl"), Path.of(bin("masterha_stop")));

        assertThat(local("env", "MHA4J_CACHE=off", link.toString(), "x").stdout())
                .startsWith("<masterha_check_repl>\n<x>\n");
    }

    @Test
    void a_folder_with_a_blank_in_its_name_will_do() throws IOException {
        Path moved = Files.move(dir.resolve("installed"), dir.resolve("in stalled"));

        assertThat(local("env", "MHA4J_CACHE=off", moved + "/bin/masterha_stop").stdout())
                .startsWith("<masterha_stop>\n");
    }

    @Test
    void the_first_command_makes_the_archive_in_the_background_and_the_next_one_uses_it() {
        run("masterha", "MHA4J_CACHE=" + cache);
        Patience.await().atMost(MAKING).until(() -> archives().size() == 1 && files().size() == 1);

        assertThat(sourceOfMain()).contains("shared objects file");
    }

    @Test
    void many_first_commands_at_once_leave_one_whole_archive() {
        List<CompletableFuture<Result>> commands = IntStream.range(0, 4)
                .mapToObj(i -> AtOnce.started(() -> run("masterha", "MHA4J_CACHE=" + cache)))
                .toList();

        assertThat(commands).allSatisfy(c -> assertThat(c.join().exitStatus()).isZero());
        Patience.await().atMost(MAKING).until(() -> archives().size() == 1 && files().size() == 1);
        assertThat(sourceOfMain()).contains("shared objects file");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 60_000})
    void an_archive_that_lost_its_end_is_not_used(long size) throws IOException {
        assertThat(run("masterha", "MHA4J_CACHE=" + cache, "prepare-start").exitStatus())
                .isZero();
        Path archive = archives().get(0);
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            file.truncate(size);
        }

        assertThat(run("masterha", "MHA4J_CACHE=" + cache, "status", "3").exitStatus())
                .isEqualTo(3);
    }

    @Test
    void an_archive_of_other_jars_is_not_used() throws IOException {
        assertThat(run("masterha", "MHA4J_CACHE=" + cache, "prepare-start").exitStatus())
                .isZero();
        Files.write(dir.resolve("installed/lib/added.jar"), PROGRAM_JAR);

        assertThat(sourceOfMain()).contains("installed/lib/").doesNotContain("shared objects");
    }

    @Test
    void a_cache_that_cannot_be_written_is_no_obstacle() {
        Result result = run("masterha", "MHA4J_CACHE=/proc/none", "x");

        assertThat(result.exitStatus()).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(run("masterha", "MHA4J_CACHE=/proc/none", "prepare-start").stderr())
                .isEqualTo("masterha: no folder for archives can be written; set MHA4J_CACHE to one\n");
    }

    @Test
    void a_java_that_is_missing_or_too_old_is_one_sentence() throws IOException {
        Path old = Files.createDirectories(dir.resolve("old/bin")).resolve("java");
        Files.writeString(old, "#!/bin/sh\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(dir.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");

        Result missing = run("masterha_stop", "MHA4J_JAVA=/no/java");
        Result tooOld = run("masterha_stop", "MHA4J_JAVA=" + old);

        assertThat(missing.exitStatus()).isEqualTo(1);
        assertThat(missing.stderr())
                .isEqualTo("masterha_stop: MHA4J_JAVA=/no/java is no Java 17 or newer; correct it or unset it\n");
        assertThat(tooOld.stderr())
                .isEqualTo("masterha_stop: MHA4J_JAVA=" + old + " is no Java 17 or newer (it is 11.0.2 at " + old
                        + "); correct it or unset it\n");
    }

    @Test
    void a_tree_that_is_not_built_says_how_to_build_it() throws IOException {
        Files.delete(dir.resolve("installed/lib/mha4j-manager-1.jar"));

        Result result = run("masterha", "MHA4J_CACHE=off");

        assertThat(result.exitStatus()).isEqualTo(1);
        assertThat(result.stderr()).contains("no jars in ").contains("mvn -q -DskipTests package");
    }

    @Test
    void two_versions_side_by_side_are_refused_and_named() throws IOException {
        Files.write(dir.resolve("installed/lib/mha4j-manager-1-sources.jar"), PROGRAM_JAR);
        assertThat(run("masterha", "MHA4J_CACHE=off").exitStatus()).isZero();
        Files.write(dir.resolve("installed/lib/mha4j-manager-2.jar"), PROGRAM_JAR);

        Result result = run("masterha", "MHA4J_CACHE=off");

        assertThat(result.exitStatus()).isEqualTo(1);
        assertThat(result.stderr())
                .startsWith("masterha: two versions of mha4j in ")
                .contains("mha4j-manager-1.jar and mha4j-manager-2.jar;");
    }

    @Test
    void a_folder_that_is_named_after_the_product_makes_no_version_of_each_library() throws IOException {
        Files.write(dir.resolve("installed/lib/library.jar"), PROGRAM_JAR);
        Path named = Files.move(dir.resolve("installed"), dir.resolve("mha4j-manager-1"));
        Files.createSymbolicLink(dir.resolve("installed"), named);

        assertThat(run("masterha", "MHA4J_CACHE=off").stderr()).isEmpty();
    }

    /** Where the JVM says that it got the program's class from. */
    private String sourceOfMain() {
        return sh("MHA4J_JAVA_OPTS=-Xlog:class+load MHA4J_CACHE=" + cache, "masterha", "x")
                .stdout()
                .lines()
                .filter(l -> l.contains("io.mha4j.cli.Main"))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> archives() {
        return files().stream()
                .filter(p -> p.toString().endsWith(".jsa") || p.toString().endsWith(".aot"))
                .toList();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result run(String name, String setting, String... args) {
        List<String> argv = new ArrayList<>(List.of("env", setting, bin(name)));
        argv.addAll(List.of(args));
        return local(argv.toArray(String[]::new));
    }

    private Result sh(String settings, String name, String args) {
        return local("sh", "-c", settings + " '" + bin(name) + "' " + args);
    }

    private String bin(String name) {
        return dir.resolve("installed/bin").resolve(name).toString();
    }

    /**
     * With the Java that runs this test, so that the test run decides which one is tested; it tells of options in the environment on
     * standard error.
     */
    private static Result local(String... argv) {
        List<String> withJava = new ArrayList<>(List.of(
                "env", "-u", "JAVA_TOOL_OPTIONS", "MHA4J_JAVA=" + System.getProperty("java.home") + "/bin/java"));
        withJava.addAll(List.of(argv));
        return new LocalRunner().run(withJava, Deadline.in(Duration.ofSeconds(60), System::nanoTime));
    }

    private static byte[] compiled() {
        try {
            Path place = Files.createTempDirectory("mha4j-launcher");
            Path source = Files.writeString(place.resolve("Main.java"), PROGRAM);
            int status = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "--release", "17", "-d", place.toString(), source.toString());
            assertThat(status).isZero();
            byte[] jar = jar(place.resolve("io/mha4j/cli"));
            try (Stream<Path> all = Files.walk(place)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] jar(Path content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes);
                Stream<Path> members = Files.list(content)) {
            for (Path member : members.toList()) {
                out.putNextEntry(new JarEntry("io/mha4j/cli/" + member.getFileName()));
                Files.copy(member, out);
            }
        }
        return bytes.toByteArray();
    }
}
