package io.mha4j.report.incident;

import io.mha4j.base.ServerId;
import io.mha4j.report.incident.Incident.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Remembers what this process sends to servers to change them. Safe for use by several threads. */
public final class StatementMemory {
    private final InstantSource clock;
    private final List<Statement> sent = new ArrayList<>();

    public StatementMemory(InstantSource clock) {
        this.clock = clock;
    }

    /** @param sql with secrets masked */
    public synchronized void sent(ServerId server, String sql) {
        sent.add(new Statement(clock.instant(), server, sql));
    }

    /** In the order of sending. */
    public synchronized List<Statement> all() {
        return List.copyOf(sent);
    }
}
