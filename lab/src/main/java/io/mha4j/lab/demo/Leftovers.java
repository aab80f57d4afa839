package io.mha4j.lab.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Processes that this demo has started, also those that left its family: all inherit the variable by which the demo was
 * told who it is. Without that variable only children and their children are known.
 */
final class Leftovers {
    private static final String MARK = "MHA4J_DEMO";

    private Leftovers() {}

    /** Their pids. */
    static List<Long> now() {
        Optional<String> mark = Optional.ofNullable(System.getenv(MARK)).map(value -> MARK + "=" + value);
        ProcessHandle self = ProcessHandle.current();
        // The shell in front of a namespace for processes inherits the mark too.
        Set<Long> above = Stream.iterate(self.parent(), Optional::isPresent, p -> p.flatMap(ProcessHandle::parent))
                .flatMap(Optional::stream)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        Stream<ProcessHandle> candidates = mark.isPresent() ? ProcessHandle.allProcesses() : self.descendants();
        try (candidates) {
            return candidates
                    .filter(process -> process.pid() != self.pid() && !above.contains(process.pid()))
                    .filter(process ->
                            mark.isEmpty() || environment(process.pid()).contains(mark.get()))
                    .map(ProcessHandle::pid)
                    .toList();
        }
    }

    /** Empty for processes of others and for those that have ended. */
    private static List<String> environment(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
            return List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
