package io.mha4j.remote.ssh;

import io.mha4j.base.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A running {@code ssh}, its outputs handed on by two threads. It ends with its input, so at the latest with us. */
final class SshProgram implements Connection.Shell {
    private static final int BUFFER_BYTES = 1 << 15;

    private final Process process;

    private SshProgram(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param out gets what it writes and is closed at its end; {@code err} likewise
     * @throws CommandException if there is no such program
     */
    static SshProgram start(List<String> argv, OutputStream out, OutputStream err) {
        try {
            SshProgram program = new SshProgram(new ProcessBuilder(argv).start());
            program.pump(program.process.getErrorStream(), err);
            program.pump(program.process.getInputStream(), out);
            return program;
        } catch (IOException e) {
            throw new CommandException(
                    "the program ssh could not be started (" + e.getMessage()
                            + "); install the OpenSSH client on this host, or set ssh_transport=jsch",
                    e);
        }
    }

    private void pump(InputStream from, OutputStream to) {
        Thread thread = new Thread(() -> copy(from, to), "output of ssh " + process.pid());
        thread.setDaemon(true);
        thread.start();
    }

    private static void copy(InputStream from, OutputStream to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // The program was ended, or nobody takes what it says any more.
        }
    }

    @Override
    public OutputStream in() {
        return process.getOutputStream();
    }

    @Override
    public boolean isOpen() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
