package io.mha4j.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the state of an application is kept.
 *
 * @param app     its name
 * @param workdir {@code manager_workdir}, a directory
 * @param log     {@code manager_log}, a file; also absent where a script that was not asked may name another
 * @param pingInterval the longest {@code ping_interval} of a server; absent where a script that was not asked may say another
 * @param doubts  why a manager may have another one, one sentence each
 */
public record StatePlace(
        String app, String workdir, Optional<String> log, Optional<Duration> pingInterval, List<String> doubts) {
    public StatePlace {
        doubts = List.copyOf(doubts);
    }
}
