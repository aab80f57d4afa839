package io.mha4j.remote.ssh;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the program {@code ssh} says when it fails, as one sentence with a way out. */
public final class SshComplaint {
    /** Said of a host from which nothing comes back. */
    public static final String SILENCE =
            "it did not answer in time; check that the host is up and not blocked by a firewall";

    private record Cure(String sign, String sentence) {}

    private static final List<Cure> CURES = List.of(
            new Cure(
                    "IDENTIFICATION HAS CHANGED",
                    "its host key is not the one in known_hosts; if that is intended, remove the old one with"
                            + " ssh-keygen -R"),
            new Cure(
                    "Host key verification failed",
                    "its host key is not in known_hosts; add it, or set ssh_host_key_check=accept-new"),
            new Cure(
                    "Permission denied",
                    "no key was accepted; add the public key to authorized_keys there, or name the right one with -i"
                            + " in ssh_options; where the key has a passphrase, see that the agent runs"),
            new Cure("timed out", SILENCE),
            new Cure("onnection refused", "Connection refused; check address, port and sshd"));

    private SshComplaint() {}

    /** The sentence about what was said; the last line of it when it is none of the known ones. */
    public static String sentence(String said) {
        List<String> lines =
                said.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        String last = lines.isEmpty() ? "ssh ended without a word" : lines.get(lines.size() - 1);
        return CURES.stream()
                .filter(cure -> said.contains(cure.sign()))
                .findFirst()
                .map(Cure::sentence)
                .orElse(last + "; try the same with ssh -v");
    }

    static CommandException failed(ProgramTransport transport, String said, Exception cause) {
        return new CommandException("SSH to " + transport.name() + ": " + sentence(said), cause);
    }

    static CommandException silent(ProgramTransport transport, Exception cause) {
        double seconds = transport.settings().connectionTimeout().toMillis() / 1000.0;
        return new CommandException(
                "SSH to %s did not answer within %.1f s; check that the host is up and not blocked by a firewall"
                        .formatted(transport.name(), seconds),
                cause);
    }

    /** Waits until everything has been said. */
    static void awaitEnd(CompletableFuture<?> ended, Deadline deadline) {
        try {
            ended.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Ended, or the time is over: what was said by now counts.
        } catch (InterruptedException e) {
            throw InterruptedWork.during("listening to ssh", e);
        }
    }
}
