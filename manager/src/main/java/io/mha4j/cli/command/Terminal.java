package io.mha4j.cli.command;

import java.io.InputStream;
import java.io.PrintStream;

/** Where a command talks to: standard output, standard error and standard input of the process, or of a test. */
public record Terminal(PrintStream out, PrintStream err, InputStream in) {
    /** Those of this process. */
    public static Terminal ofThisProcess() {
        return new Terminal(System.out, System.err, System.in);
    }
}
