package io.mha4j.report.journal;

import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.json.JsonForm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Programs that write a journal in a process of their own, so that it can be killed or run out of space. */
final class JournalProcess {
    private JournalProcess() {}

    /** First argument {@code endless}, {@code idle} or {@code full}, second the directory. Prints a step's number once it is recorded. */
    public static void main(String[] args) throws IOException {
        Journals journals =
                new Journals(new StateFiles(Path.of(args[1]), "app1"), new JsonForm(), InstantSource.system());
        Journal journal = journals.open("run", "failover", 0);
        if (args[0].equals("full")) {
            fill(journal);
        } else if (args[0].equals("idle")) {
            System.out.println(journal.started("step"));
            System.in.read();
        } else {
            for (int n = 1; n > 0; n = journal.started("step") + 1) {
                System.out.println(n - 1);
            }
        }
    }

    /** Long steps until no more fits, then a short one, which does. */
    private static void fill(Journal journal) {
        try {
            while (true) {
                System.out.println(journal.started("x".repeat(1500)));
            }
        } catch (ReportException e) {
            System.out.println(e.getMessage());
        }
        System.out.println(journal.started("short"));
    }

    /** Starts this program; {@code before} is shell text such as a limit. */
    static Process start(String what, Path dir, String before) throws IOException {
        List<String> java = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData", "-cp"));
        java.add(System.getProperty("java.class.path").replace(":", File.pathSeparator));
        java.addAll(List.of(JournalProcess.class.getName(), what, dir.toString()));
        List<String> shell = new ArrayList<>(List.of("sh", "-c", before + "exec \"$@\"", "sh"));
        shell.addAll(java);
        return new ProcessBuilder(shell)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
