package io.mha4j.lab.cases;

import io.mha4j.lab.cases.CaseResult.Ending;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The table of results as a person reads it. */
final class ResultTable {
    private static final String ROW = "%-28s %-14s %-5s %-10s %-8s %7s%n";

    private final PrintStream out;

    ResultTable(PrintStream out) {
        this.out = out;
    }

    void head() {
        out.printf(Locale.ROOT, ROW, "case", "server", "gtid", "format", "result", "seconds");
    }

    synchronized void row(CaseResult result) {
        CaseRun run = result.run();
        out.printf(
                Locale.ROOT,
                ROW,
                run.file().name(),
                run.kind().label(),
                run.gtid() ? "on" : "off",
                run.format(),
                word(result.ending()),
                "%.1f".formatted(seconds(result.took())));
        if (!result.passed()) {
            out.println("    output: " + result.output());
        }
        out.flush();
    }

    /** The last line; others may look for it. */
    void total(List<CaseResult> results, Duration took) {
        long passed = results.stream().filter(CaseResult::passed).count();
        out.printf(Locale.ROOT, "cases took %.1f s%n", seconds(took));
        out.println(passed + " passed, " + (results.size() - passed) + " failed");
        out.flush();
    }

    private static String word(Ending ending) {
        return switch (ending) {
            case PASSED -> "passed";
            case FAILED -> "FAILED";
            case TOO_LONG -> "TOO LONG";
        };
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
