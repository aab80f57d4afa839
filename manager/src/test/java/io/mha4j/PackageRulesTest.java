package io.mha4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the compiled classes to the packages' table, and shows on small offenders that each rule can fail. */
final class PackageRulesTest {
    private static final Path CLASSES = Path.of("target", "classes");

    /** Facts and judgement: no input, output, clock, thread or log. */
    private static final Set<String> PURE = Set.of("binlog", "config", "topology", "decision");

    /** Who may use whom, besides {@code base}. */
    private static final Map<String, Set<String>> TABLE = table(
            "base",
            "binlog     -> ",
            "config     -> ",
            "topology   -> config binlog",
            "decision   -> config binlog topology",
            "mysql      -> config binlog topology archive",
            "remote     -> config",
            "settings   -> config remote",
            "archive    -> config binlog remote",
            "feed       -> binlog archive",
            "hooks      -> config topology remote",
            "report     -> config binlog topology decision",
            "ha         -> config mysql report",
            "monitor    -> config binlog topology decision mysql remote settings archive hooks report",
            "execution  -> config binlog topology decision mysql remote settings archive feed hooks report",
            "web        -> config topology report",
            "cli        -> config binlog topology decision mysql remote settings archive feed hooks report"
                    + " ha monitor execution web");

    /** What the pure packages may take from elsewhere, whole packages of the JDK for the most part. */
    private static final Pattern HARMLESS =
            Pattern.compile("java\\.(lang(\\.(annotation|invoke|runtime))?|util(\\.(function|regex|stream|zip))?"
                    + "|time(\\.(format|temporal|zone|chrono))?|math|text|nio(\\.charset)?)\\.[A-Z][\\w$]*"
                    + "|java\\.util\\.concurrent\\.TimeUnit"
                    + "|java\\.io\\.(IOException|UncheckedIOException|EOFException|Serializable|ByteArray(In|Out)putStream)"
                    + "|org\\.jspecify\\.annotations\\.\\w+|com\\.google\\.errorprone\\.annotations\\.\\w+");

    /** What they may not take from there all the same. */
    private static final Pattern HARMFUL =
            Pattern.compile("java\\.lang\\.(Thread|ThreadLocal|ThreadGroup|InheritableThreadLocal|Process|ProcessHandle"
                    + "|ProcessBuilder|Runtime|System\\$Logger)(\\$.*)?"
                    + "|java\\.util\\.(Timer|TimerTask|Random|SplittableRandom|Scanner)|java\\.util\\.zip\\.\\w*File"
                    + "|java\\.time\\.Clock|java\\.nio\\.MappedByteBuffer");

    /** Readings of a clock, waits and luck; only the wiring of the commands provides them. */
    private static final Pattern CLOCKS_AND_WAITS =
            Pattern.compile("java\\.lang\\.System\\.(nanoTime|currentTimeMillis)\\("
                    + "|java\\.lang\\.Thread\\.(sleep|onSpinWait)\\("
                    + "|java\\.util\\.concurrent\\.TimeUnit\\.sleep\\("
                    + "|java\\.time\\.[\\w.]+\\.now\\("
                    + "|java\\.time\\.(Clock|InstantSource)\\.(system|tick)"
                    + "|java\\.util\\.Date\\.<init>\\(\\)");

    private static final Pattern OUTSIDE_WORLD = Pattern.compile(
            "java\\.lang\\.System\\.(getenv|getProperty|exit|load|console)"
                    + "|java\\.util\\.UUID\\.randomUUID\\(|java\\.lang\\.Math\\.random\\(|java\\.util\\.Collections\\.shuffle\\(");

    private static final PackageRules RULES = new PackageRules(CLASSES);

    @Test
    void every_package_has_a_row_in_the_table() {
        assertThat(RULES.unknownRooms(TABLE.keySet())).isEmpty();
    }

    @Test
    void packages_use_only_what_the_table_allows() {
        assertThat(RULES.forbiddenEdges(TABLE)).isEmpty();
    }

    @Test
    void packages_form_no_cycle() {
        assertThat(RULES.cycles()).isEmpty();
    }

    @Test
    void facts_and_judgement_touch_neither_files_nor_sockets_nor_threads_nor_logs() {
        assertThat(RULES.foreignParts(PURE, HARMLESS, HARMFUL)).isEmpty();
        assertThat(RULES.forbiddenCalls(PURE, OUTSIDE_WORLD)).isEmpty();
    }

    @Test
    void clocks_are_read_and_threads_sleep_only_behind_the_wiring() {
        Set<String> rooms = new HashSet<>(TABLE.keySet());
        rooms.remove("cli");
        assertThat(RULES.forbiddenCalls(rooms, CLOCKS_AND_WAITS)).isEmpty();
    }

    @Test
    void an_edge_that_the_table_does_not_allow_is_found(@TempDir Path folder) {
        PackageRules offenders = Offenders.compile(
                folder, "binlog: public class A { Object b = new io.mha4j.config.B(); }", "config: public class B {}");
        assertThat(offenders.forbiddenEdges(TABLE)).containsExactly("io.mha4j.binlog.A -> io.mha4j.config.B");
        assertThat(offenders.cycles()).isEmpty();
    }

    @Test
    void a_package_without_a_row_is_found(@TempDir Path folder) {
        assertThat(Offenders.compile(folder, "util: public class A {}").unknownRooms(TABLE.keySet()))
                .containsExactly("io.mha4j.util.A");
    }

    @Test
    void a_cycle_over_three_packages_is_found(@TempDir Path folder) {
        PackageRules offenders = Offenders.compile(
                folder,
                "cli: public class A { io.mha4j.web.B b; io.mha4j.base.D d; }",
                "web: public class B { io.mha4j.ha.C c; }",
                "ha: public class C { io.mha4j.cli.A a; io.mha4j.base.D d; }",
                "base: public class D {}");
        assertThat(offenders.cycles()).containsExactly("io.mha4j.cli -> io.mha4j.web -> io.mha4j.ha -> io.mha4j.cli");
    }

    @Test
    void a_pure_package_that_touches_the_world_is_found(@TempDir Path folder) {
        List<String> parts = List.of(
                "com.jcraft.jsch.Logger",
                "java.io.File",
                "java.io.FileInputStream",
                "java.io.PrintStream",
                "java.lang.ProcessBuilder",
                "java.lang.System.Logger",
                "java.lang.Thread",
                "java.net.InetAddress",
                "java.net.Socket",
                "java.nio.channels.FileChannel",
                "java.nio.file.Path",
                "java.sql.Connection",
                "java.time.Clock",
                "java.util.Random",
                "java.util.concurrent.CompletableFuture",
                "java.util.concurrent.ExecutorService",
                "java.util.logging.Logger");
        PackageRules offenders = eachInAClass(folder, "decision", "Object f(Object o) { return (%s) o; }", parts);
        assertThat(offenders.foreignParts(PURE, HARMLESS, HARMFUL))
                .extracting(use -> use.replaceFirst(".* -> ", "").replace('$', '.'))
                .containsExactlyInAnyOrderElementsOf(parts);
    }

    @Test
    void a_pure_package_that_asks_its_surroundings_is_found(@TempDir Path folder) {
        List<String> calls = List.of("System.getenv(\"HOME\")", "java.util.UUID.randomUUID()", "Math.random()");
        PackageRules offenders = eachInAClass(folder, "config", "Object f() { return %s; }", calls);
        assertThat(offenders.forbiddenCalls(PURE, OUTSIDE_WORLD)).hasSameSizeAs(calls);
    }

    @Test
    void a_reading_of_the_clock_is_found_in_any_package(@TempDir Path folder) {
        List<String> readings = List.of(
                "System.nanoTime()",
                "System.currentTimeMillis()",
                "java.time.Instant.now()",
                "java.time.LocalDateTime.now()",
                "java.time.InstantSource.system()",
                "new java.util.Date()",
                "(java.util.function.LongSupplier) System::nanoTime");
        PackageRules offenders = eachInAClass(folder, "monitor", "Object f() { return %s; }", readings);
        assertThat(offenders.forbiddenCalls(Set.of("monitor"), CLOCKS_AND_WAITS))
                .hasSameSizeAs(readings);
    }

    @Test
    void a_sleep_is_found_in_any_package(@TempDir Path folder) {
        List<String> waits = List.of("Thread.sleep(1)", "java.util.concurrent.TimeUnit.DAYS.sleep(1)");
        PackageRules offenders = eachInAClass(folder, "execution", "void f() throws Exception { %s; }", waits);
        assertThat(offenders.forbiddenCalls(Set.of("execution"), CLOCKS_AND_WAITS))
                .hasSameSizeAs(waits);
    }

    @Test
    void pure_code_may_compute(@TempDir Path folder) {
        PackageRules offenders = Offenders.compile(
                folder,
                "decision: public class A { Object f(java.time.Instant t, java.nio.ByteBuffer b) {"
                        + " long l = 1L; double d = l; return java.util.List.of(t.plusSeconds(l), b, d)"
                        + ".stream().map(o -> o + \"x\").toList(); } }");
        assertThat(offenders.foreignParts(PURE, HARMLESS, HARMFUL)).isEmpty();
        assertThat(offenders.forbiddenCalls(PURE, OUTSIDE_WORLD)).isEmpty();
        assertThat(offenders.forbiddenCalls(PURE, CLOCKS_AND_WAITS)).isEmpty();
    }

    private static PackageRules eachInAClass(Path folder, String room, String method, List<String> parts) {
        return Offenders.compile(
                folder,
                parts.stream()
                        .map(part ->
                                room + ": public class A" + parts.indexOf(part) + " { " + method.formatted(part) + " }")
                        .toArray(String[]::new));
    }

    private static Map<String, Set<String>> table(String... rows) {
        Map<String, Set<String>> table = new TreeMap<>();
        for (String row : rows) {
            String[] halves = row.split("->", 2);
            Set<String> others = new TreeSet<>(Set.of("base"));
            if (halves.length == 2 && !halves[1].isBlank()) {
                others.addAll(List.of(halves[1].strip().split(" ")));
            }
            table.put(halves[0].strip(), others);
        }
        return table;
    }
}
