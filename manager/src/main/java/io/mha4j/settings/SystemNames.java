package io.mha4j.settings;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The system's own resolver (hosts file, DNS). It cannot be interrupted and may take half a minute when a name server
 * is away, so all names are asked for at once, each in a thread that nobody waits for past the deadline.
 */
public final class SystemNames implements NameResolver {
    @Override
    public Map<String, String> addressesOf(Set<String> hosts, Deadline deadline) {
        Map<String, FutureTask<Optional<String>>> asked = new LinkedHashMap<>();
        for (String host : hosts) {
            FutureTask<Optional<String>> task = new FutureTask<>(() -> lookUp(host));
            asked.put(host, task);
            Thread thread = new Thread(task, "resolve " + host);
            thread.setDaemon(true);
            thread.start();
        }
        Map<String, String> found = new LinkedHashMap<>();
        asked.forEach((host, task) -> answer(task, deadline).ifPresent(address -> found.put(host, address)));
        return found;
    }

    private static Optional<String> lookUp(String host) {
        try {
            return Optional.of(InetAddress.getByName(host).getHostAddress());
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<String> answer(FutureTask<Optional<String>> task, Deadline deadline) {
        try {
            return task.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            throw InterruptedWork.during("looking up host names", interrupted);
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }
}
