package io.mha4j.lab.stepwise;

import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.Main;
import io.mha4j.cli.command.Terminal;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Waiter;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs a command of the product, which stands still once: when its log has a line that contains a text, until it is
 * allowed to go on. Arguments: that text, a folder for the two signs, then the command's own.
 */
final class HeldMain {
    /** File of the folder: it stands still. */
    static final String HELD = "held";
    /** File of the folder: it may go on. */
    static final String GO = "go";

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private HeldMain() {}

    public static void main(String[] args) {
        OutputStream holding = new Holding(System.err, args[0], Path.of(args[1]));
        Terminal terminal =
                Terminal.heldUpByLog(System.out, new PrintStream(holding, true, StandardCharsets.UTF_8), System.in);
        int status = Main.run(terminal, List.of(args).subList(2, args.length));
        System.out.flush();
        System.exit(status);
    }

    /** Whoever prints next waits too: this log is written line by line, by those who do the work. */
    private static final class Holding extends FilterOutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final String text;
        private final Path folder;
        private boolean over;

        Holding(OutputStream out, String text, Path folder) {
            super(out);
            this.text = text;
            this.folder = folder;
        }

        @Override
        public void write(int b) throws IOException {
            super.write(b);
            line.write(b);
            if (b == '\n') {
                boolean here = line.toString(StandardCharsets.UTF_8).contains(text);
                line.reset();
                if (here && !over) {
                    over = true;
                    flush();
                    hold();
                }
            }
        }

        private void hold() throws IOException {
            Files.createFile(folder.resolve(HELD));
            Waiter waiter = Waiter.real();
            try {
                if (!waiter.until(waiter.in(LIMIT), () -> Files.exists(folder.resolve(GO)))) {
                    throw new LabException("nobody let the command go on behind '" + text + "'");
                }
            } catch (InterruptedWork e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
