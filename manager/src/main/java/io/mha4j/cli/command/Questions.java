package io.mha4j.cli.command;

import io.mha4j.base.MhaException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Asks the person at the terminal, in MHA's words; an end of the input is no answer to anything. */
public final class Questions {
    private final Terminal terminal;
    private final BufferedReader in;

    public Questions(Terminal terminal) {
        this.terminal = terminal;
        in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    }

    /** Nobody answers. */
    public static final class NoAnswer extends MhaException {
        NoAnswer(String question) {
            super("no answer to: " + question.strip() + " Run it at a terminal, or with --interactive=0");
        }
    }

    /**
     * Whether the answer begins with y or Y.
     *
     * @throws NoAnswer if the input has ended
     */
    public boolean yes(String question) {
        return text(question).toLowerCase(Locale.ROOT).startsWith("y");
    }

    /**
     * One line, without blanks around it.
     *
     * @throws NoAnswer if the input has ended
     */
    public String text(String question) {
        PrintStream out = terminal.out();
        out.print(question);
        out.flush();
        try {
            String line = in.readLine();
            if (line == null) {
                throw new NoAnswer(question);
            }
            return line.strip();
        } catch (IOException e) {
            throw new NoAnswer(question);
        }
    }
}
