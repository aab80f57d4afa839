package io.mha4j.cli.node;

import io.mha4j.base.Deadline;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Second names for relay logs that are about to be deleted: while one exists the server's own deletion only takes a name
 * away, which is quick. The space is given back afterwards, in slices, so that no file system holds everybody up.
 */
final class HardLinks {
    private static final String LINK = """
            work=$1; shift
            mkdir -p -- "$work" || exit 1
            for f; do ln -f -- "$f" "$work/${f##*/}" && printf '%s\\n' "${f##*/}"; done
            """;

    /** A file that still has another name is never cut. */
    private static final String RELEASE = """
            slice=67108864
            for f; do
                [ -f "$f" ] && ! [ -L "$f" ] || continue
                if [ "$(stat -c %h -- "$f")" = 1 ]; then
                    size=$(stat -c %s -- "$f")
                    while [ "$size" -gt $slice ]; do
                        size=$((size - slice))
                        truncate -s "$size" -- "$f" || break
                        sleep 0.05
                    done
                fi
                rm -f -- "$f"
            done
            """;

    private final Host host;
    private final String workdir;
    private final Deadline deadline;
    private final List<String> linked = new ArrayList<>();

    HardLinks(Host host, String workdir, Deadline deadline) {
        this.host = host;
        this.workdir = workdir;
        this.deadline = deadline;
    }

    /** Links these files, absolute paths; one that cannot be linked is told and goes without. */
    void make(List<String> files, Consumer<String> say) {
        if (files.isEmpty()) {
            say.accept(" Old relay logs not found. No need to archive right now.");
            return;
        }
        say.accept(" Archiving unused relay log files (up to " + files.get(files.size() - 1) + ") ...");
        List<String> argv = new ArrayList<>(List.of("sh", "-c", LINK, "sh", workdir));
        argv.addAll(files);
        CommandRunner.Result result = host.run(argv, deadline);
        result.stdout().lines().map(name -> workdir + "/" + name).forEach(linked::add);
        linked.forEach(link -> say.accept(" Creating hard link for " + link + " ok."));
        int without = files.size() - linked.size();
        if (without > 0) {
            say.accept(" " + without + " files go without a hard link: "
                    + result.stderr().lines().findFirst().orElse("ln failed")
                    + "; name a directory on their file system");
        }
    }

    /** Takes them away, and gives back the space of what the server has deleted. */
    void release(Consumer<String> say) {
        if (linked.isEmpty()) {
            return;
        }
        List<String> argv = new ArrayList<>(List.of("sh", "-c", RELEASE, "sh"));
        argv.addAll(linked);
        host.run(argv, deadline);
        say.accept(" Removing hard linked relay log files under " + workdir + ".. done.");
    }
}
