package io.mha4j.cli;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.command.Terminal;
import io.mha4j.report.GuardFile;
import io.mha4j.report.HolderFile;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code masterha_stop}: ends a manager, and one that stayed as a guard. A process is told to end only when it is known to be
 * the one that the file names: a pid that was given to another process is never signalled.
 */
final class StopCommand implements Command {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration FOREVER = Duration.ofDays(3650);

    @Override
    public List<Option<?>> options() {
        return StateOptions.ALL;
    }

    @Override
    public int run(Options options, Terminal terminal) {
        StateOptions.Place place = StateOptions.place(options, terminal);
        String app = place.files().app();
        Optional<SeenStatus> seen =
                SeenStatus.read(place.files(), doubt -> terminal.err().println(app + ": " + doubt));
        Status status =
                seen.map(s -> s.judged(SystemTime.CLOCK.instant(), FOREVER)).orElse(Status.NOT_RUNNING);
        Optional<ProcessIdentity> guard = GuardFile.read(place.files()).map(GuardFile.Guard::process);
        if (seen.isEmpty() || status == Status.NOT_RUNNING || status == Status.PARTIALLY_RUNNING) {
            if (guard.isPresent()) {
                return stop(app, guard.get(), options, terminal);
            }
            return notRunning(place.files(), status, terminal);
        }
        if (status == Status.FAILOVER_RUNNING && !options.get(StateOptions.ABORT)) {
            terminal.out()
                    .println(app + " is running a failover(" + status
                            + "), it is not stopped; wait for its end, or pass --abort to kill it in the middle.");
            return 1;
        }
        int guardLeft = guard.map(process -> stop(app + " (guard)", process, options, terminal))
                .orElse(0);
        return Math.max(guardLeft, stop(app, seen.get().process(), options, terminal));
    }

    /** What holds the lock though no status says so may be a manager whose disk is full, and nobody is to think that it has ended. */
    private static int notRunning(StateFiles files, Status status, Terminal terminal) {
        Optional<ProcessIdentity> holder =
                HolderFile.read(files).filter(ProcessIdentity::isCertain).filter(ProcessIdentity::isAlive);
        terminal.out()
                .println(holder.map(process -> files.app() + ": process " + process.pid()
                                + " acts for it, and no status file says what it does; it is not stopped. Try again, or"
                                + " end it by its pid.")
                        .orElse("MHA Manager is not running on " + files.app() + "(" + status + ")."));
        return holder.isPresent() ? 1 : 0;
    }

    private static int stop(String app, ProcessIdentity manager, Options options, Terminal terminal) {
        Optional<ProcessHandle> handle = ProcessHandle.of(manager.pid());
        if (handle.isEmpty() || !manager.isAlive()) {
            terminal.out().println("Stopped " + app + " successfully.");
            return 0;
        }
        handle.get().destroy();
        if (ends(manager, options.get(StateOptions.ABORT_TIMEOUT))) {
            terminal.out().println("Stopped " + app + " successfully.");
            return 0;
        }
        terminal.out().println(app + " (pid:" + manager.pid() + ") did not end in time.");
        if (options.get(StateOptions.ABORT) && manager.isAlive()) {
            List<ProcessIdentity> killed = kill(manager, handle.get());
            if (killed.stream().allMatch(each -> ends(each, options.get(StateOptions.ABORT_TIMEOUT)))) {
                terminal.out().println("Forced stopped " + app + ".");
                return 0;
            }
        }
        terminal.out().println("Failed to stop " + app + ".");
        return 1;
    }

    /**
     * Kills a manager first, so that it goes on with nothing else, and then what it runs: a script that is left would move the address
     * or shut a host down after the end was told. What was born meanwhile is found by the group that the manager led, as MHA finds all.
     */
    private static List<ProcessIdentity> kill(ProcessIdentity manager, ProcessHandle handle) {
        List<ProcessHandle> family = handle.descendants().toList();
        List<ProcessIdentity> killed = new ArrayList<>(List.of(manager));
        handle.destroyForcibly();
        ends(manager, AT_ONCE);
        Stream<ProcessHandle> group = manager.children().stream().flatMap(pid -> ProcessHandle.of(pid).stream());
        Stream.concat(family.stream(), group)
                .flatMap(each -> Stream.concat(Stream.of(each), each.descendants()))
                .filter(each -> !each.equals(ProcessHandle.current()))
                .toList()
                .forEach(each -> {
                    killed.add(ProcessIdentity.of(each.pid()));
                    each.destroyForcibly();
                });
        return killed;
    }

    private static boolean ends(ProcessIdentity process, Duration patience) {
        Deadline deadline = Deadline.in(patience, SystemTime.TICKS);
        while (process.isAlive()) {
            if (deadline.isOver()) {
                return false;
            }
            try {
                SystemTime.SLEEPER.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                throw InterruptedWork.during("waiting for the end of process " + process.pid(), e);
            }
        }
        return true;
    }
}
