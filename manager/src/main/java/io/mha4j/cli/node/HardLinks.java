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
            for f; do ln -f -- "$f" "$work/.purge.${f##*/}" && printf '%s\\n' ".purge.${f##*/}"; done
            """;

    /** A file that still has another name is never cut. */
    private static final String RELEASE = """
            release() {
                [ -f "$1" ] && ! [ -L "$1" ] || return 0
                if [ "$(stat -c %h -- "$1")" = 1 ]; then
                    size=$(stat -c %s -- "$1")
                    while [ "$size" -gt 67108864 ]; do
                        size=$((size - 67108864))
                        truncate -s "$size" -- "$1" || break
                        sleep 0.05
                    done
                fi
                rm -f -- "$1" && printf '%s\\n' "${1##*/}"
            }
            """;

    private static final String RELEASE_THESE = RELEASE + """
            for f; do release "$f"; done
            """;

    /** Only names that nobody gives a copy of a log, which may be the last one of its transactions. */
    private static final String RELEASE_EARLIER = RELEASE + """
            for f in "$1/.purge.$2".*; do
                case ${f##*.} in *[!0-9]*) ;; *) release "$f" ;; esac
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

    /**
     * Takes away what a run that was killed has left: it would keep the space of deleted logs for ever.
     *
     * @param base what the names of the relay logs begin with, before the dot
     */
    void releaseEarlier(String base, Consumer<String> say) {
        CommandRunner.Result released = host.run(List.of("sh", "-c", RELEASE_EARLIER, "sh", workdir, base), deadline);
        released.stdout()
                .lines()
                .forEach(name -> say.accept(" Removing hard link of an earlier run " + workdir + "/" + name + " ok."));
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
        List<String> argv = new ArrayList<>(List.of("sh", "-c", RELEASE_THESE, "sh"));
        argv.addAll(linked);
        host.run(argv, deadline);
        say.accept(" Removing hard linked relay log files under " + workdir + ".. done.");
    }
}
