package io.mha4j.lab.check;

/**
 * What a replica's status says of its replication.
 *
 * @param host       configured source
 * @param ioRunning  whether its receiving thread runs and is connected
 * @param sqlRunning whether its applying thread runs
 * @param error      last error of either thread, empty text when there is none
 */
public record Following(String host, int port, boolean ioRunning, boolean sqlRunning, String error) {
    public boolean running() {
        return ioRunning && sqlRunning;
    }

    @Override
    public String toString() {
        return "follows %s:%d, I/O thread %s, SQL thread %s%s"
                .formatted(
                        host,
                        port,
                        ioRunning ? "running" : "not running",
                        sqlRunning ? "running" : "not running",
                        error.isEmpty() ? "" : ", error: " + error);
    }
}
