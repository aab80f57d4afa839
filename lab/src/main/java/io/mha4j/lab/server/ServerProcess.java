package io.mha4j.lab.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the process of a server. In a process namespace of the lab's own it is handed over to the first process there, as
 * on a host where a server has put itself into the background: nobody who would start it again is its parent.
 */
final class ServerProcess {
    /** The shell ends at once; what it leaves behind goes to the namespace's first process. */
    private static final String INTO_BACKGROUND = "\"$@\" </dev/null >>\"$CONSOLE\" 2>&1 & echo $!";

    private ServerProcess() {}

    /** Output goes to the end of {@code console}. */
    static ProcessHandle start(List<String> argv, Map<String, String> environment, Path folder, Path console)
            throws IOException {
        return "1".equals(System.getenv("MHA4J_LAB_PIDNS"))
                ? inBackground(argv, environment, folder, console)
                : child(argv, environment, folder, console);
    }

    private static ProcessHandle child(List<String> argv, Map<String, String> environment, Path folder, Path console)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
        builder.environment().putAll(environment);
        return builder.start().toHandle();
    }

    private static ProcessHandle inBackground(
            List<String> argv, Map<String, String> environment, Path folder, Path console) throws IOException {
        List<String> shell = new ArrayList<>(List.of("/bin/sh", "-c", INTO_BACKGROUND, "sh"));
        shell.addAll(argv);
        ProcessBuilder builder = new ProcessBuilder(shell)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(console.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("CONSOLE", console.toString());
        Process starting = builder.start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(starting.getInputStream(), StandardCharsets.UTF_8))) {
            String pid = out.readLine();
            if (pid == null) {
                throw new IOException("the shell that puts it into the background tells no process");
            }
            return ProcessHandle.of(Long.parseLong(pid))
                    .orElseThrow(() -> new IOException("process " + pid + " ended at once"));
        }
    }
}
