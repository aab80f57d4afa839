package io.mha4j.lab.level;

import io.mha4j.archive.Archive;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.stage.ProgramRun;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts processes that level replicas, each with 128 MB of heap; their output is kept beside the configuration file. */
public final class LevelProgram {
    private static final Pattern BROKEN = Pattern.compile(LevelChild.BROKE + "(\\d+)");
    private static final Pattern LEVELLED = Pattern.compile(LevelChild.LEVEL + "(.*), (\\d+) ms");

    private final Path conf;
    private int runs;

    /** @param conf a manager's application file */
    public LevelProgram(Path conf) {
        this.conf = conf;
    }

    /**
     * What one that ended by itself did.
     *
     * @param way    how the replica became level, in the manager's words
     * @param millis what that took, without looking at the servers and without waiting for the replica's own relay log
     * @param broken connections that broke on the way
     */
    public record Outcome(String way, long millis, int broken) {}

    /**
     * Starts one.
     *
     * @param section of the replica in the configuration file
     * @param breaks  how many of the replica's connections break
     */
    public ProgramRun start(Archive archive, String section, int breaks) {
        List<String> argv = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx128m",
                "-cp",
                classPath(),
                LevelChild.class.getName(),
                conf.toString(),
                archive.description().toString(),
                section,
                Integer.toString(breaks));
        runs++;
        Path folder = conf.resolveSibling("");
        return ProgramRun.start(argv, folder, Map.of(), folder.resolve(section + "-" + runs + ".log"));
    }

    /** This program's class path for a child that runs in another folder. */
    public static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether it has come to the levelling itself. */
    public static boolean levels(ProgramRun program) {
        return program.output().contains(LevelChild.BEGINS);
    }

    /**
     * What one did that has ended.
     *
     * @throws LabException with its output if it failed
     */
    public static Outcome outcome(ProgramRun program) {
        String output = program.output();
        Matcher levelled = LEVELLED.matcher(output);
        if (program.exitCode().orElse(-1) != 0 || !levelled.find()) {
            throw new LabException("levelling failed: " + output);
        }
        Matcher broken = BROKEN.matcher(output);
        return new Outcome(
                levelled.group(1),
                Long.parseLong(levelled.group(2)),
                broken.find() ? Integer.parseInt(broken.group(1)) : 0);
    }
}
