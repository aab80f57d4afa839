package io.mha4j.lab.cases;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.tree.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Processes in the case's own process namespace that are neither the lab nor its servers. */
final class OtherProcesses {
    private static final long FIRST = 1;

    private OtherProcesses() {}

    /** Their command lines with their pids. */
    static List<String> beside(Tree tree) {
        if (!"1".equals(System.getenv("MHA4J_LAB_NETNS"))) {
            throw new CaseFailed("no_process_left is known only in a process namespace of the case's own");
        }
        Set<Long> known = new HashSet<>(Set.of(FIRST, ProcessHandle.current().pid()));
        tree.hosts().stream()
                .map(host -> host.server())
                .filter(LabServer::running)
                .forEach(server -> known.add(server.pid()));
        List<String> others = new ArrayList<>();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.filter(each -> !known.contains(each.pid())).forEach(each -> describe(each.pid(), others));
        }
        return others;
    }

    private static void describe(long pid, List<String> others) {
        Path proc = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(proc.resolve("stat"), StandardCharsets.ISO_8859_1);
            boolean zombie = stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
            if (!zombie) {
                String line = Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1);
                others.add(pid + " " + line.replace('\0', ' ').strip());
            }
        } catch (java.nio.file.NoSuchFileException e) {
            // It ended while we looked.
        } catch (IOException e) {
            if (Files.exists(proc)) {
                throw new LabException("cannot look at process " + pid + ": " + e.getMessage(), e);
            }
        }
    }
}
