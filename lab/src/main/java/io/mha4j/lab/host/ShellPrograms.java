package io.mha4j.lab.host;

import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.server.command.Command;

/** The programs started over one endpoint, and the record of their command lines. */
final class ShellPrograms {
    private final Path commandLog;
    private final Path shellLog;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    ShellPrograms(Path folder) {
        this.commandLog = folder.resolve("ssh-commands.log");
        this.shellLog = folder.resolve("ssh-shell.log");
    }

    /** What an exec request gets. */
    Command command(String account, String line) {
        append(commandLog, Instant.now() + " " + line.replace("\n", "\n    ") + "\n");
        return new ShellProgram(as(account, "/bin/sh", "-c", line), this::track, bytes -> {});
    }

    /** What a shell request gets; everything typed into it is kept. */
    Command shell(String account) {
        append(commandLog, Instant.now() + " (shell)\n");
        return new ShellProgram(as(account, "/bin/sh"), this::track, typed -> append(shellLog, typed));
    }

    /** Changing the account is possible for root only. */
    private static List<String> as(String account, String... argv) {
        List<String> line = new ArrayList<>();
        if (!account.equals(System.getProperty("user.name"))) {
            line.addAll(List.of("runuser", "-u", account, "--"));
        }
        line.addAll(List.of(argv));
        return line;
    }

    private void track(Process process) {
        running.removeIf(each -> !each.isAlive());
        running.add(process);
    }

    /** Kills every program still running, with what it started. */
    void killAll() {
        for (Process process : running) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void append(Path file, String text) {
        try {
            Files.write(
                    file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new LabException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
