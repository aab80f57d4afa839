package io.mha4j.archive.place;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import java.util.ArrayList;
import java.util.List;

/** Whether any process of a host can still write to one of some files. */
public enum HeldOpen {
    /** A process has one of them open for writing. */
    YES,
    /** No process has: what is in them now is all that will ever be. */
    NO,
    /** It cannot be told: not as root there, no {@code /proc}, or the host does not answer. */
    UNKNOWN;

    /**
     * Compares files by device and inode, because a container's processes know theirs by other paths. Which descriptors
     * may write stands in the last octal digit of their flags (Linux, proc(5)). All descriptors of the host are looked at
     * once, whatever the number of files.
     */
    private static final String SCRIPT = """
            [ "$(id -u)" = 0 ] && [ -d /proc/self/fdinfo ] || { echo unknown; exit 0; }
            [ "$(find -L "$1" -maxdepth 0 -samefile "$1" 2>/dev/null)" = "$1" ] || { echo unknown; exit 0; }
            or=
            for path; do
                [ -e "$path" ] || { echo unknown; exit 0; }
                set -- "$@" $or -samefile "$path"
                shift
                or=-o
            done
            for fd in $(find -L /proc/[0-9]*/fd -maxdepth 1 "$@" 2>/dev/null); do
                info=${fd%/fd/*}/fdinfo/${fd##*/}
                flags=$(sed -n 's/^flags:[[:space:]]*//p' "$info" 2>/dev/null)
                case $flags in *[12]) echo yes; exit 0 ;; esac
            done
            echo no
            """;

    /**
     * Looks on {@code host}; never fails.
     *
     * @param paths at least one
     */
    public static HeldOpen look(Host host, List<String> paths, Deadline deadline) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
        argv.addAll(paths);
        try {
            CommandRunner.Result result = host.run(argv, deadline.atMost(LogFiles.ASK));
            return switch (result.stdout().strip()) {
                case "yes" -> YES;
                case "no" -> NO;
                default -> UNKNOWN;
            };
        } catch (CommandException e) {
            return UNKNOWN;
        }
    }
}
