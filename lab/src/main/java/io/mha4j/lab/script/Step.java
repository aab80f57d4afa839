package io.mha4j.lab.script;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing that a case does. Texts may hold variables, which are replaced when the step runs. */
public sealed interface Step {
    void match(Cases cases);

    /** {@code sql HOSTS STATEMENT [;; STATEMENT]...}: in one session. */
    record Sql(Hosts hosts, List<String> statements) implements Step {
        public Sql {
            statements = List.copyOf(statements);
        }

        @Override
        public void match(Cases cases) {
            cases.sql(this);
        }
    }

    /** {@code insert HOSTS A..B [by N]}: rows of {@code test.t1}, N per transaction (1 unless said). */
    record Insert(Hosts hosts, long first, long last, long perTransaction) implements Step {
        @Override
        public void match(Cases cases) {
            cases.insert(this);
        }
    }

    /** {@code io_stop HOSTS} and its relatives. */
    record Replication(Hosts hosts, ReplicationVerb verb) implements Step {
        @Override
        public void match(Cases cases) {
            cases.replication(this);
        }
    }

    /** {@code attach HOSTS to HOST}: they become its replicas from where its binary log ends now. */
    record Attach(Hosts hosts, Hosts source) implements Step {
        @Override
        public void match(Cases cases) {
            cases.attach(this);
        }
    }

    /** {@code detach HOSTS}: they lose their replication settings. */
    record Detach(Hosts hosts) implements Step {
        @Override
        public void match(Cases cases) {
            cases.detach(this);
        }
    }

    /** {@code kill HOSTS} and its relatives. */
    record Fault(Hosts hosts, FaultVerb verb) implements Step {
        @Override
        public void match(Cases cases) {
            cases.fault(this);
        }
    }

    /** {@code start HOSTS [OPTION...]}: with more server options. */
    record Start(Hosts hosts, List<String> options) implements Step {
        public Start {
            options = List.copyOf(options);
        }

        @Override
        public void match(Cases cases) {
            cases.start(this);
        }
    }

    /** {@code restart HOSTS [OPTION...]}: the same after a clean shutdown; those that replicated go on. */
    record Restart(Hosts hosts, List<String> options) implements Step {
        public Restart {
            options = List.copyOf(options);
        }

        @Override
        public void match(Cases cases) {
            cases.restart(this);
        }
    }

    /** {@code config NAME [without HOSTS]} and its indented lines. */
    record Config(String name, Optional<Hosts> without, List<Setting> settings) implements Step {
        public Config {
            settings = List.copyOf(settings);
        }

        @Override
        public void match(Cases cases) {
            cases.config(this);
        }
    }

    /** {@code key = value} under the {@code [section]} line above it, {@code server default} unless said. */
    record Setting(String section, String key, String value) {}

    /** {@code run [within TIME] COMMAND}: to its end; {@code exit} and {@code output} then speak of it. */
    record Run(Optional<Duration> within, String command) implements Step {
        @Override
        public void match(Cases cases) {
            cases.run(this);
        }
    }

    /** {@code run_bg NAME COMMAND} */
    record RunInBackground(String name, String command) implements Step {
        @Override
        public void match(Cases cases) {
            cases.runInBackground(this);
        }
    }

    /** {@code stop_bg NAME} (asks it to end) or {@code kill_bg NAME}. */
    record EndProgram(String name, boolean forcibly) implements Step {
        @Override
        public void match(Cases cases) {
            cases.endProgram(this);
        }
    }

    /** {@code client HOSTS [xN] STATEMENT}: N sessions that do it in the background. */
    record Client(Hosts hosts, int count, String statement) implements Step {
        @Override
        public void match(Cases cases) {
            cases.client(this);
        }
    }

    /** {@code observe HOSTS}: asks them every 5 ms whether they take writes, to the end of the case. */
    record Observe(Hosts hosts) implements Step {
        @Override
        public void match(Cases cases) {
            cases.observe(this);
        }
    }

    /** {@code clients_end}: closes the sessions of all {@code client} steps. */
    record EndClients() implements Step {
        @Override
        public void match(Cases cases) {
            cases.endClients(this);
        }
    }

    /** {@code shell COMMAND}: must end with 0. */
    record Shell(String command) implements Step {
        @Override
        public void match(Cases cases) {
            cases.shell(this);
        }
    }

    /** {@code on HOSTS COMMAND}: shell text that runs there and must end with 0. */
    record OnHosts(Hosts hosts, String command) implements Step {
        @Override
        public void match(Cases cases) {
            cases.onHosts(this);
        }
    }

    /** {@code wait TIME until [not] CONDITION} */
    record Wait(Duration limit, Claim until) implements Step {
        @Override
        public void match(Cases cases) {
            cases.waitUntil(this);
        }
    }

    /** {@code expect [for TIME] [not] CONDITION}: now, or at every look during a time. */
    record Expect(Optional<Duration> during, Claim claim) implements Step {
        @Override
        public void match(Cases cases) {
            cases.expect(this);
        }
    }

    /** {@code load start [connections=N] [pace=TIME]} */
    record StartLoad(int connections, Duration pace) implements Step {
        @Override
        public void match(Cases cases) {
            cases.startLoad(this);
        }
    }

    /** {@code load stop} */
    record EndLoad() implements Step {
        @Override
        public void match(Cases cases) {
            cases.endLoad(this);
        }
    }

    /** {@code let NAME = VALUE} */
    record Let(String name, Value value) implements Step {
        @Override
        public void match(Cases cases) {
            cases.let(this);
        }
    }

    /**
     * {@code settled HOST rows N [on HOSTS]}: one more row on HOST reaches the hosts (all replicas of the tree unless
     * said), which then hold N equal rows.
     */
    record Settled(Hosts host, long rows, Hosts on) implements Step {
        @Override
        public void match(Cases cases) {
            cases.settled(this);
        }
    }

    /** What {@code let} can remember. */
    sealed interface Value {
        /** {@code the writable host}: the one server that is up, writable and no replica. */
        record WritableHost() implements Value {}

        /** {@code answer of HOST to QUERY} */
        record Answer(Hosts host, String query) implements Value {}

        /** {@code output matching PATTERN}: its first group, or the whole match. */
        record OutputMatch(String pattern) implements Value {}
    }

    /** {@code mark PATH}: conditions about this file speak of what comes after its present end from now on. */
    record Mark(String path) implements Step {
        @Override
        public void match(Cases cases) {
            cases.mark(this);
        }
    }

    /** A condition or its contrary. */
    record Claim(boolean holds, Condition condition) {}

    /** Verbs about the replication threads of a server. */
    enum ReplicationVerb {
        IO_STOP,
        IO_START,
        SQL_STOP,
        SQL_START,
        REPLICATION_STOP,
        REPLICATION_START
    }

    /** Verbs about a server or its host. */
    enum FaultVerb {
        /** SIGKILL. */
        KILL,
        /** A clean shutdown. */
        STOP,
        FREEZE,
        THAW,
        /** Server and SSH vanish without an answer. */
        HOST_GONE,
        HOST_BACK,
        /** The SSH port refuses. */
        CUT_SSH,
        RESTORE_SSH,
        /** Packets of SSH get lost. */
        LOSE_SSH,
        /** SSH shows another host key. */
        CHANGE_HOST_KEY,
        /** SSH leads no port anywhere. */
        FORBID_FORWARDING,
        /** Packets of SQL connections get lost, both ways. */
        CUT_SQL,
        CUT_SQL_TO,
        CUT_SQL_FROM,
        /** Packets between the host and the manager's get lost, both ways. */
        CUT_MANAGER,
        HEAL_NETWORK
    }

    /** A reader of steps handles them all. */
    interface Cases {
        void sql(Sql step);

        void insert(Insert step);

        void replication(Replication step);

        void attach(Attach step);

        void detach(Detach step);

        void fault(Fault step);

        void start(Start step);

        void restart(Restart step);

        void config(Config step);

        void run(Run step);

        void runInBackground(RunInBackground step);

        void endProgram(EndProgram step);

        void client(Client step);

        void endClients(EndClients step);

        void observe(Observe step);

        void shell(Shell step);

        void onHosts(OnHosts step);

        void waitUntil(Wait step);

        void expect(Expect step);

        void mark(Mark step);

        void startLoad(StartLoad step);

        void endLoad(EndLoad step);

        void let(Let step);

        void settled(Settled step);
    }
}
