package io.mha4j.lab.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * One program behind an SSH channel, its three streams copied by three threads. When the channel goes, the program's
 * input ends and its output goes nowhere; it is not killed, as OpenSSH does not kill programs without a terminal.
 */
final class ShellProgram implements Command {
    private static final int BUFFER = 64 * 1024;

    private final List<String> argv;
    private final Consumer<Process> started;
    private final Consumer<String> typed;

    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;

    /**
     * @param started gets the process
     * @param typed   gets what the client sends
     */
    ShellProgram(List<String> argv, Consumer<Process> started, Consumer<String> typed) {
        this.argv = List.copyOf(argv);
        this.started = started;
        this.typed = typed;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback exit) {
        this.exit = exit;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        Process running = new ProcessBuilder(argv).start();
        started.accept(running);
        thread("in", () -> copyInput(running)).start();
        Thread output = thread("out", () -> copy(running.getInputStream(), Objects.requireNonNull(out)));
        Thread errors = thread("err", () -> copy(running.getErrorStream(), Objects.requireNonNull(err)));
        output.start();
        errors.start();
        thread("end", () -> reportEnd(running, output, errors)).start();
    }

    private Thread thread(String what, Runnable work) {
        Thread thread = new Thread(work, "lab-ssh-" + what);
        thread.setDaemon(true);
        return thread;
    }

    private void copyInput(Process running) {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream to = running.getOutputStream()) {
            InputStream from = Objects.requireNonNull(in);
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                typed.accept(new String(buffer, 0, n, StandardCharsets.UTF_8));
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            // The channel or the program ended; reportEnd tells the client what there is to tell.
        }
    }

    private static void copy(InputStream from, OutputStream to) {
        byte[] buffer = new byte[BUFFER];
        try (to) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            drain(from, buffer);
        }
    }

    /** Goes on reading without a reader behind it, so that the program does not stop half way at a full pipe. */
    private static void drain(InputStream from, byte[] buffer) {
        try {
            int n = 0;
            while (n >= 0) {
                n = from.read(buffer);
            }
        } catch (IOException e) {
            // Nothing is left to read.
        }
    }

    private void reportEnd(Process running, Thread output, Thread errors) {
        try {
            int status = running.waitFor();
            output.join();
            errors.join();
            Objects.requireNonNull(exit).onExit(status);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing to do: when the channel is gone, its streams end, and with them the threads that copy. */
    @Override
    public void destroy(ChannelSession channel) {}
}
