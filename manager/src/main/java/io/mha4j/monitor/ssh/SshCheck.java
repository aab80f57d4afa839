package io.mha4j.monitor.ssh;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.monitor.ssh.SshOutcome.Result;
import io.mha4j.monitor.ssh.SshPath.Need;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import io.mha4j.remote.ssh.SshComplaint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tests connections, all at the same time within bounds. One that fails costs its own limit and holds up no other. Changes
 * nothing, except that {@code ssh} on the hosts may remember host keys.
 */
public final class SshCheck {
    private static final int THREADS = 64;

    /** Fewer than the shells that a connection carries, and than the logins that sshd lets wait (MaxStartups). */
    private static final int AT_ONCE = 6;

    /** {@code ssh} keeps the limit itself; this is for its start and end. */
    private static final Duration BESIDE = Duration.ofMillis(600);

    /** The same for a host that does not answer here either: it costs its limit once, not once for each pair. */
    private static final Duration BESIDE_SILENCE = Duration.ofMillis(250);

    private final Function<ServerSettings, Host> hosts;
    private final Ticks ticks;
    private final Map<ServerId, Arrival> arrivals = new ConcurrentHashMap<>();
    private final Map<ServerId, Semaphore> leaving = new ConcurrentHashMap<>();
    private final Map<ServerId, Semaphore> arriving = new ConcurrentHashMap<>();

    /** @param hosts how the host of a server is reached from here */
    public SshCheck(Function<ServerSettings, Host> hosts, Ticks ticks) {
        this.hosts = hosts;
        this.ticks = ticks;
    }

    /**
     * Tests what a failover needs, from this host, and then, where {@code betweenHosts}, from each database server's host
     * to each other one. Servers with {@code skip_init_ssh_check=1} are left out.
     *
     * @return in the order of the configuration, those from this host first
     */
    public List<SshOutcome> run(Application app, boolean betweenHosts) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "ssh check");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<CompletableFuture<SshOutcome>> here = new ArrayList<>();
            List<CompletableFuture<SshOutcome>> there = new ArrayList<>();
            for (ServerSettings server : app.servers()) {
                SshPath path = new SshPath(Optional.empty(), server, Need.FAILOVER);
                CompletableFuture<SshOutcome> reached = submit(() -> fromHere(path), threads);
                here.add(reached);
                Duration limit = server.ssh().connectionTimeout().plus(BESIDE_SILENCE);
                arrivals.put(server.id(), new Arrival(reached, Deadline.in(limit, ticks)));
            }
            for (ServerSettings server : app.servers()) {
                CompletableFuture<SshOutcome> reached = arrivalOf(server).fromHere();
                SshPath feed = new SshPath(Optional.empty(), server, Need.FEED);
                there.add(reached.thenApplyAsync(r -> afterwards(r, feed, this::forwarded), threads));
                if (betweenHosts && !server.roles().skipSshCheck()) {
                    others(app, server)
                            .forEach(p ->
                                    there.add(reached.thenApplyAsync(r -> afterwards(r, p, this::onwards), threads)));
                }
            }
            for (ServerSettings host : app.binlogHosts()) {
                SshPath path = new SshPath(Optional.empty(), host, Need.BINLOG_COPIES);
                here.add(submit(() -> fromHere(path), threads));
            }
            return Stream.concat(here.stream(), there.stream())
                    .map(SshCheck::result)
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * A host as it was seen from here.
     *
     * @param fromHere how it was reached, or is being
     * @param end      when it is over for a host that has not answered here
     */
    private record Arrival(CompletableFuture<SshOutcome> fromHere, Deadline end) {
        boolean answered() {
            return fromHere.isDone()
                    && !fromHere.isCompletedExceptionally()
                    && fromHere.join().result() != Result.FAILED;
        }
    }

    private Arrival arrivalOf(ServerSettings server) {
        return Objects.requireNonNull(arrivals.get(server.id()));
    }

    private static Stream<SshPath> others(Application app, ServerSettings from) {
        return app.servers().stream()
                .filter(to -> !to.id().equals(from.id()) && !to.roles().skipSshCheck())
                .map(to -> new SshPath(Optional.of(from), to, Need.BETWEEN_HOSTS));
    }

    private static CompletableFuture<SshOutcome> submit(Supplier<SshOutcome> work, ExecutorService threads) {
        return CompletableFuture.supplyAsync(work, threads);
    }

    private static SshOutcome result(CompletableFuture<SshOutcome> test) {
        try {
            return test.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private SshOutcome fromHere(SshPath path) {
        if (path.to().roles().skipSshCheck()) {
            return new SshOutcome(path, Result.SKIPPED, Optional.of("skip_init_ssh_check=1"), Duration.ZERO);
        }
        long start = ticks.nanos();
        try {
            Deadline deadline = Deadline.in(path.to().ssh().connectionTimeout(), ticks);
            CommandRunner.Result answer = hosts.apply(path.to()).run(List.of("true"), deadline);
            Optional<String> why = answer.succeeded()
                    ? Optional.empty()
                    : Optional.of("the program true ended with " + answer.exitStatus());
            return outcome(path, why, start);
        } catch (CommandException e) {
            return outcome(path, Optional.of(e.getMessage()), start);
        }
    }

    /** What can be tested only where the host itself was reached. */
    private static SshOutcome afterwards(SshOutcome reached, SshPath path, Function<SshPath, SshOutcome> test) {
        return switch (reached.result()) {
            case WORKS -> test.apply(path);
            case SKIPPED -> new SshOutcome(path, Result.SKIPPED, reached.why(), Duration.ZERO);
            case FAILED, NOT_TESTED ->
                new SshOutcome(
                        path,
                        Result.NOT_TESTED,
                        Optional.of(reached.path().end() + " cannot be reached from here"),
                        Duration.ZERO);
        };
    }

    private SshOutcome forwarded(SshPath path) {
        Optional<String> direct = path.to().levelling().feedAddress();
        if (direct.isPresent()) {
            return new SshOutcome(path, Result.SKIPPED, Optional.of("feed_address=" + direct.get()), Duration.ZERO);
        }
        long start = ticks.nanos();
        Deadline deadline = Deadline.in(path.to().ssh().connectionTimeout(), ticks);
        try {
            hosts.apply(path.to()).tryForwardToHere(deadline);
            return outcome(path, Optional.empty(), start);
        } catch (CommandException e) {
            return outcome(path, Optional.of(e.getMessage()), start);
        }
    }

    private SshOutcome onwards(SshPath path) {
        ServerSettings from = path.from().orElseThrow();
        Semaphore out = leaving.computeIfAbsent(from.id(), s -> new Semaphore(AT_ONCE));
        Semaphore in = arriving.computeIfAbsent(path.to().id(), s -> new Semaphore(AT_ONCE));
        try {
            out.acquire();
            in.acquire();
        } catch (InterruptedException e) {
            throw InterruptedWork.during("the check of SSH", e);
        }
        try {
            return between(path, from);
        } finally {
            in.release();
            out.release();
        }
    }

    private SshOutcome between(SshPath path, ServerSettings from) {
        long start = ticks.nanos();
        Arrival arrival = arrivalOf(path.to());
        if (!arrival.answered() && arrival.end().isOver()) {
            String why = path.end() + " did not answer from here in time";
            return new SshOutcome(path, Result.NOT_TESTED, Optional.of(why), Duration.ZERO);
        }
        Deadline deadline = arrival.answered()
                ? Deadline.in(path.to().ssh().connectionTimeout().plus(BESIDE), ticks)
                : arrival.end();
        try {
            OnwardCall call = new OnwardCall(from, path.to());
            return outcome(path, call.run(hosts.apply(from), deadline), start);
        } catch (CommandException e) {
            String why = deadline.isOver() ? SshComplaint.SILENCE : e.getMessage();
            return outcome(path, Optional.of(why), start);
        }
    }

    private SshOutcome outcome(SshPath path, Optional<String> why, long start) {
        Result result = why.isEmpty() ? Result.WORKS : Result.FAILED;
        return new SshOutcome(path, result, why, Duration.ofNanos(ticks.nanos() - start));
    }
}
