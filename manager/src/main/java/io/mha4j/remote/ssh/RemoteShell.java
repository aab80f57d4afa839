package io.mha4j.remote.ssh;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.remote.ByteSink;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.LimitedBytes;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.Outlet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A {@code /bin/sh} on the other side that stays, reading one piece of script after the other: a small command costs one
 * round trip instead of a new process on a new channel. Each piece runs in a subshell with empty input; a line with an
 * unguessable marker and the exit status ends its answer on both output streams. Messages are in English
 * ({@code LC_ALL=C}). One caller at a time; after an exception it is good for nothing but to be closed.
 */
final class RemoteShell implements AutoCloseable {
    private final Connection connection;
    private final String host;
    private final ShellStream out = new ShellStream();
    private final ShellStream err = new ShellStream();
    private final Connection.Shell shell;

    /** On an ordinary sshd the shell leads the group of all that it runs. */
    private int processId;

    private RemoteShell(Connection connection, Deadline deadline) throws IOException {
        this.connection = connection;
        this.host = connection.name();
        shell = connection.start(out, err, deadline);
    }

    /**
     * Starts a shell and waits for its first answer.
     *
     * @throws CommandException if the host does not do it by the deadline
     */
    static RemoteShell open(Connection connection, Deadline deadline) {
        try {
            RemoteShell shell = new RemoteShell(connection, deadline);
            shell.processId = shell.greet(deadline);
            return shell;
        } catch (IOException e) {
            String limit = deadline.isOver() ? "" : ", or whether MaxSessions of its sshd is reached";
            throw new CommandException(
                    "SSH to " + connection.name() + " opened no shell (" + e.getMessage()
                            + "); check that the host responds" + limit,
                    e);
        }
    }

    /** Answers the shell's process id. A login shell that is none says why on either stream and ends. */
    private int greet(Deadline deadline) throws IOException {
        LimitedBytes said = new LimitedBytes(LocalRunner.KEPT_BYTES);
        String mark = UUID.randomUUID().toString();
        Answer answer = new Answer(out.expect(mark, said::add), err.expect(mark, said::add), deadline);
        String report = "printf '\\n%s %d\\n' " + mark + " $$";
        try {
            send("LC_ALL=C; export LC_ALL; " + report + "; " + report + " >&2\n");
            answer.await(answer.err);
            return answer.await(answer.out);
        } catch (CommandException | IOException e) {
            answer.settle();
            close();
            String instead = said.text().strip();
            if (instead.isEmpty()) {
                throw new IOException("no answer", e);
            }
            throw new CommandException("SSH to " + host + ": " + noShell(instead), e);
        }
    }

    private String noShell(String said) {
        return connection.bySudo()
                ? "sudo gives no shell (" + said + "); install sudo there and let the account run /bin/sh without a"
                        + " password, in sudoers: ACCOUNT ALL=(root) NOPASSWD: /bin/sh"
                : "the account has no shell (" + said + "); give it one that runs /bin/sh";
    }

    /**
     * As {@link Connection#tryForward}, of the connection that it runs on.
     *
     * @return why the host gives no port
     * @throws CommandException if it is lost
     */
    Optional<CommandException> tryForward(Deadline deadline) {
        try {
            connection.tryForward(deadline);
            return Optional.empty();
        } catch (CommandException e) {
            if (deadline.isOver() || !connection.isAlive()) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    boolean isUsable() {
        return shell.isOpen();
    }

    /** Runs a piece of script and keeps a few megabytes of each of its output streams. */
    CommandRunner.Result run(String script, Deadline deadline) {
        LimitedBytes stdout = new LimitedBytes(LocalRunner.KEPT_BYTES);
        LimitedBytes stderr = new LimitedBytes(LocalRunner.KEPT_BYTES);
        Answer answer = start(script, stdout::add, stderr, deadline);
        int status = answer.await(answer.out);
        answer.await(answer.err);
        return new CommandRunner.Result(status, stdout.text(), stderr.text());
    }

    /**
     * Runs a piece of script whose output may be long; answers its exit status and what it wrote to standard error.
     *
     * @param silence for how long no byte of it may come
     */
    CommandRunner.Result stream(String script, Outlet outlet, Duration silence, Deadline deadline) {
        LimitedBytes stderr = new LimitedBytes(LocalRunner.KEPT_BYTES);
        ByteQueue queue = new ByteQueue();
        try {
            Answer answer = start(script, queue, stderr, deadline);
            CompletableFuture<Integer> ended = answer.out.whenComplete((status, lost) -> queue.end());
            answer.drain(queue, outlet, silence);
            int status = answer.await(ended);
            answer.await(answer.err);
            return new CommandRunner.Result(status, "", stderr.text());
        } finally {
            queue.abandon();
        }
    }

    private Answer start(String script, ByteSink stdout, LimitedBytes stderr, Deadline deadline) {
        String mark = UUID.randomUUID().toString();
        Answer answer = new Answer(out.expect(mark, stdout), err.expect(mark, stderr::add), deadline);
        String report = "printf '\\n%s %d\\n' " + mark + " $s";
        try {
            send("( " + script + "\n) </dev/null\ns=$?; " + report + "; " + report + " >&2\n");
        } catch (IOException e) {
            throw lost(e);
        }
        return answer;
    }

    private void send(String text) throws IOException {
        shell.in().write(text.getBytes(StandardCharsets.UTF_8));
        shell.in().flush();
    }

    private CommandException lost(Throwable cause) {
        return new CommandException(
                "SSH to " + host + " was lost while a command ran, which may have been carried out; look at the host",
                cause);
    }

    @Override
    public void close() {
        shell.close();
    }

    /**
     * Ends a shell whose command did not end, and kills that command through another shell on the same connection, if the
     * host lets us: ending a channel kills nothing, and sshd takes no signals for root. On a thread of its own, because
     * the caller's time is over.
     */
    void abandon(Deadline deadline) {
        Thread leaving = new Thread(() -> kill(deadline), "ssh leaves " + host);
        leaving.setDaemon(true);
        leaving.start();
    }

    private void kill(Deadline deadline) {
        try {
            if (connection.isAlive()) {
                try (RemoteShell other = open(connection, deadline)) {
                    other.run(HostScripts.kill(processId), deadline);
                }
            }
        } catch (CommandException e) {
            // The host does not answer, or nothing was left to kill: the caller knows that its command failed.
        } finally {
            close();
        }
    }

    /** Both ends of one answer, waited for by one deadline. */
    private final class Answer {
        private final CompletableFuture<Integer> out;
        private final CompletableFuture<Integer> err;
        private final Deadline deadline;
        private final Duration budget;

        Answer(CompletableFuture<Integer> out, CompletableFuture<Integer> err, Deadline deadline) {
            this.out = out;
            this.err = err;
            this.deadline = deadline;
            this.budget = deadline.remaining();
        }

        int await(CompletableFuture<Integer> end) {
            try {
                return end.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw tooLong(e);
            } catch (ExecutionException e) {
                throw lost(e);
            } catch (InterruptedException e) {
                throw InterruptedWork.during("a command on " + host, e);
            }
        }

        /** Waits until both streams have ended, however: what they said by then is complete. */
        void settle() {
            try {
                CompletableFuture.allOf(out, err).get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // The caller reports why it asked.
            } catch (InterruptedException e) {
                throw InterruptedWork.during("a command on " + host, e);
            }
        }

        void drain(ByteQueue queue, Outlet outlet, Duration silence) {
            try {
                for (Optional<byte[]> chunk = next(queue, silence); chunk.isPresent(); chunk = next(queue, silence)) {
                    outlet.pass(chunk.get(), chunk.get().length);
                }
            } catch (TimeoutException e) {
                throw deadline.isOver() ? tooLong(e) : silent(silence, e);
            } catch (InterruptedException e) {
                throw InterruptedWork.during("a transfer from " + host, e);
            }
        }

        private Optional<byte[]> next(ByteQueue queue, Duration silence) throws InterruptedException, TimeoutException {
            return queue.take(deadline.atMost(silence).remaining().toNanos());
        }

        private CommandException silent(Duration silence, TimeoutException cause) {
            return new CommandException(
                    "a transfer from %s was given up after %.1f s without a byte; look whether a disk hangs there"
                            .formatted(host, silence.toMillis() / 1000.0),
                    cause);
        }

        private CommandException tooLong(TimeoutException cause) {
            return new CommandException(
                    "a command on %s was still running after %.1f s and was given up; look for what it waits for"
                            .formatted(host, budget.toMillis() / 1000.0),
                    cause);
        }
    }
}
