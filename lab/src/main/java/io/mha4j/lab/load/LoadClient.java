package io.mha4j.lab.load;

import io.mha4j.base.InterruptedWork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes to {@link LoadTable} until it is stopped. Runs one thread per connection; {@link #record} may be called at any
 * time, by anyone.
 */
public final class LoadClient implements AutoCloseable {
    private final WriteLog log;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean wanted = true;

    private LoadClient(WriteLog log) {
        this.log = log;
    }

    /** Starts to write at once; {@code file} gets one line per write. */
    public static LoadClient start(LoadSpec spec, Path file, Clocks clocks) {
        LoadClient client = new LoadClient(new WriteLog(file));
        for (int number = 1; number <= spec.connections(); number++) {
            LoadConnection connection = new LoadConnection(spec, number, clocks, client.log);
            Thread thread = new Thread(() -> connection.writeWhile(() -> client.wanted), "load-" + number);
            thread.setDaemon(true);
            client.threads.add(thread);
            thread.start();
        }
        return client;
    }

    /** Acknowledged writes so far. */
    public long acknowledged() {
        return log.acknowledged();
    }

    public Optional<Write> lastAcknowledged() {
        return log.lastAcknowledged();
    }

    public LoadRecord record() {
        return log.record();
    }

    /** Ends the load; writes under way are awaited, which their time-outs bound. */
    @Override
    public void close() {
        wanted = false;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw InterruptedWork.during("waiting for the load's end", e);
        } finally {
            log.close();
        }
    }
}
