package io.mha4j.ha;

import io.mha4j.report.StateFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/** A program that asks for the lock, says what came of it, and holds it until its input ends. */
final class LockProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private LockProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    public static void main(String[] args) throws IOException {
        ManagerLock.Claim claim = ManagerLock.claim(new StateFiles(Path.of(args[0]), "app1"), InstantSource.system());
        if (claim instanceof ManagerLock.Claim.Theirs theirs) {
            System.out.println(theirs.sentence());
        } else {
            System.out.println("ours");
            System.in.read();
        }
    }

    static LockProcess start(Path dir) throws IOException {
        return new LockProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockProcess.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    long pid() {
        return process.pid();
    }

    String answer() throws IOException {
        return String.valueOf(out.readLine());
    }

    /** Ends as a crash does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
