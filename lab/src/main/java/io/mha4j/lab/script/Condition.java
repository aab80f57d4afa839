package io.mha4j.lab.script;

import java.time.Duration;
import java.util.Optional;

/** Something that can be true of servers, programs, files or the recorded load. */
public sealed interface Condition {
    <R> R match(Cases<R> cases);

    /** Which exit codes are meant. */
    record ExitCode(Optional<Integer> code) {
        /** Any code but 0. */
        public static final ExitCode NONZERO = new ExitCode(Optional.empty());

        public boolean admits(int exit) {
            return code.map(wanted -> wanted == exit).orElse(exit != 0);
        }
    }

    /** {@code exit CODE}: how the last {@code run} ended. */
    record Exit(ExitCode code) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.exit(this);
        }
    }

    /** {@code output contains TEXT} or {@code output matches PATTERN}, of the last {@code run}. */
    record Output(TextTest test) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.output(this);
        }
    }

    /** {@code exits CODE COMMAND}: running the command gives that code; for waits. */
    record CommandExits(ExitCode code, String command) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.commandExits(this);
        }
    }

    /** {@code file PATH exists}, {@code file PATH contains TEXT}, {@code file PATH matches PATTERN} */
    record FileSays(String path, Optional<TextTest> test) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.fileSays(this);
        }
    }

    /** {@code NAME running} or {@code NAME ended}, of a background program. */
    record ProgramRuns(String program, boolean running) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.programRuns(this);
        }
    }

    /** {@code NAME exits CODE}: it ended so. */
    record ProgramExits(String program, ExitCode code) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.programExits(this);
        }
    }

    /** {@code NAME output contains TEXT} */
    record ProgramOutput(String program, TextTest test) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.programOutput(this);
        }
    }

    /** {@code HOSTS up}, {@code down}, {@code read_only}, {@code writable}, {@code detached} and so on, of each. */
    record HostIs(Hosts hosts, HostTrait trait) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.hostIs(this);
        }
    }

    /** {@code HOSTS follows HOST} (both threads run) or {@code HOSTS points_to HOST} (so configured). */
    record Follows(Hosts hosts, Hosts source, boolean running) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.follows(this);
        }
    }

    /** {@code HOSTS rows N}, of {@code test.t1}. */
    record Rows(Hosts hosts, long rows) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.rows(this);
        }
    }

    /** {@code HOSTS answers VALUE to QUERY} */
    record Answers(Hosts hosts, String value, String query) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.answers(this);
        }
    }

    /** {@code equal HOSTS}: the tables of schema {@code test} have equal checksums and counts. */
    record Equal(Hosts hosts) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.equal(this);
        }
    }

    /** {@code lost N on HOST}, {@code duplicated N on HOST}, {@code unexpected N on HOST}: recorded writes and rows. */
    record WritesOn(Hosts host, WriteFinding finding, long count) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.writesOn(this);
        }
    }

    /** {@code verdict in PATH true on HOST}: what a log claims about lost transactions agrees with the rows. */
    record VerdictTrue(String path, Hosts host) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.verdictTrue(this);
        }
    }

    /** {@code one_writer}: no two observed servers took writes at the same time so far. */
    record OneWriter() implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.oneWriter(this);
        }
    }

    /** {@code no_writer below TIME}: the longest time in which no observed server took writes. */
    record NoWriterBelow(Duration limit) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.noWriterBelow(this);
        }
    }

    /** {@code downtime below TIME}: as the load saw it around the last fault. */
    record DowntimeBelow(Duration limit) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.downtimeBelow(this);
        }
    }

    /** {@code acknowledged at_least N}: writes of the load so far. */
    record Acknowledged(long atLeast) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.acknowledged(this);
        }
    }

    /** {@code address at HOST}: where the moving address leads; {@code address nowhere}. */
    record AddressAt(Optional<Hosts> host) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.addressAt(this);
        }
    }

    /** {@code no_process_left}: nothing runs but the lab and its servers. */
    record NoProcessLeft() implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.noProcessLeft(this);
        }
    }

    /** A test of some text. */
    sealed interface TextTest {
        record Contains(String text) implements TextTest {}

        /** {@code pattern} is a regular expression to be found anywhere. */
        record Matches(String pattern) implements TextTest {}
    }

    /** What can be true of a server alone. */
    enum HostTrait {
        UP,
        DOWN,
        READ_ONLY,
        WRITABLE,
        /** Has no replication settings. */
        DETACHED,
        IO_RUNNING,
        IO_STOPPED,
        SQL_RUNNING,
        SQL_STOPPED
    }

    /** What the checker finds when it compares recorded writes with rows. */
    enum WriteFinding {
        /** Acknowledged, and no row. */
        LOST,
        /** More than one row. */
        DUPLICATED,
        /** A row that was never sent, or whose write was refused. */
        UNEXPECTED
    }

    /** A reader of conditions handles them all. */
    interface Cases<R> {
        R exit(Exit condition);

        R output(Output condition);

        R commandExits(CommandExits condition);

        R fileSays(FileSays condition);

        R programRuns(ProgramRuns condition);

        R programExits(ProgramExits condition);

        R programOutput(ProgramOutput condition);

        R hostIs(HostIs condition);

        R follows(Follows condition);

        R rows(Rows condition);

        R answers(Answers condition);

        R equal(Equal condition);

        R writesOn(WritesOn condition);

        R verdictTrue(VerdictTrue condition);

        R oneWriter(OneWriter condition);

        R noWriterBelow(NoWriterBelow condition);

        R downtimeBelow(DowntimeBelow condition);

        R acknowledged(Acknowledged condition);

        R addressAt(AddressAt condition);

        R noProcessLeft(NoProcessLeft condition);
    }
}
