package io.mha4j.cli.command;

import io.mha4j.report.EventLog;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Where a command talks to: standard output, standard error and standard input of the process, or of a test. For one
 * thread.
 */
public final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final boolean heldUpByLog;
    private Optional<EventLog> log = Optional.empty();

    public Terminal(PrintStream out, PrintStream err, InputStream in) {
        this(out, err, in, false);
    }

    private Terminal(PrintStream out, PrintStream err, InputStream in, boolean heldUpByLog) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.heldUpByLog = heldUpByLog;
    }

    /** One whose reader wants a line of the log to be read before anything else is done, and may take its time. */
    public static Terminal heldUpByLog(PrintStream out, PrintStream err, InputStream in) {
        return new Terminal(out, err, in, true);
    }

    /** Whether the work waits for each line of its log. */
    public boolean isHeldUpByLog() {
        return heldUpByLog;
    }

    /** Those of this process. */
    public static Terminal ofThisProcess() {
        return new Terminal(System.out, System.err, System.in);
    }

    /** From now on what this log was told comes before what is printed later. */
    public void follow(EventLog told) {
        log = Optional.of(told);
    }

    /** Standard output. Ask for it each time something is printed. */
    public PrintStream out() {
        settle();
        return out;
    }

    /** Standard error. Ask for it each time something is printed. */
    public PrintStream err() {
        settle();
        return err;
    }

    /** Standard input. */
    public InputStream in() {
        return in;
    }

    /** Waits a limited time until everything that the log was told is written. */
    public void settle() {
        if (log.isPresent()) {
            log.get().flush();
        }
    }
}
