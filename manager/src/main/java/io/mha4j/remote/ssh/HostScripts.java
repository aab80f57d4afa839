package io.mha4j.remote.ssh;

import io.mha4j.remote.FileRange;
import io.mha4j.remote.ShellQuote;
import java.util.List;
import java.util.stream.Stream;

/** What other hosts are asked about their files, for any POSIX shell with the usual {@code tail, head, stat}. */
final class HostScripts {
    private HostScripts() {}

    /** Writes the bytes of a range to standard output. */
    static String read(FileRange range) {
        String file = ShellQuote.word(range.path());
        String check = "if [ -d " + file + " ]; then echo " + ShellQuote.word(range.path() + ": Is a directory")
                + " >&2; exit 1; fi; ";
        String tail = "tail -c +" + (range.offset() + 1) + " -- " + file;
        if (range.length().isEmpty()) {
            return check + tail;
        }
        long length = range.length().getAsLong();
        // The status of a pipe is that of its end; tail is sent away by head once it has enough.
        return check + "[ -r " + file + " ] || exec " + tail + "; " + tail + " | head -c " + length;
    }

    /** Writes the names in a directory, each followed by a slash: the one byte besides NUL that no name holds. */
    static String list(String path) {
        return "cd -- " + ShellQuote.word(path) + " || exit 1\n"
                + "[ -r . ] || { echo 'the directory cannot be read' >&2; exit 1; }\n"
                + "for f in * .[!.]* ..?*; do if [ -e \"$f\" ] || [ -L \"$f\" ]; then printf '%s/' \"$f\"; fi; done";
    }

    /** What {@link #list} wrote, as a sorted list. */
    static List<String> names(String written) {
        return Stream.of(written.split("/")).filter(n -> !n.isEmpty()).sorted().toList();
    }

    /** Writes the size of a file in bytes. */
    static String size(String path) {
        return "stat -L -c %s -- " + ShellQuote.word(path);
    }

    /** Kills a shell and what it runs: its group where it leads one, else itself and its children. Dash takes no {@code --} there. */
    static String kill(int shell) {
        return "kill -KILL -" + shell + " 2>/dev/null || { pkill -KILL -P " + shell + "; kill -KILL " + shell + "; }";
    }
}
