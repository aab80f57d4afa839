package io.mha4j.monitor.simulation;

/** What was opened and not closed: connections to the source, commands on hosts. */
final class Traffic {
    private int connections;
    private int commands;
    private long checks;

    void opened() {
        connections++;
    }

    void closed() {
        connections--;
    }

    void begun() {
        commands++;
    }

    void ended() {
        commands--;
    }

    void checked() {
        checks++;
    }

    int openConnections() {
        return connections;
    }

    int openCommands() {
        return commands;
    }

    long checks() {
        return checks;
    }
}
