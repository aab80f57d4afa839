package io.mha4j.execution.fence;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.decision.StepResult.Fence;
import io.mha4j.decision.StepResult.Fenced;
import io.mha4j.execution.fence.Sight.ProcessId;
import io.mha4j.execution.fence.Sight.Running;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Ends every process of one server on its host: first what would start it again, then it. For one use. */
final class Ending {
    /** With less than this left, no other look is begun. */
    private static final Duration ONE_LOOK = Duration.ofSeconds(2);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /**
     * SIGKILL for each {@code PID START} that is still that process; it may be frozen, and hears nothing else. Prints a line for
     * each that was sent one. Starts no program: a disk that is gone gives none.
     */
    private static final String KILL = """
            started() {
                stat=
                read -r stat 2>/dev/null < "/proc/$1/stat" || return
                set -- ${stat##*) }
                start=${20}
            }
            while [ $# -gt 1 ]; do
                start=
                started "$1"
                [ "$start" = "$2" ] && kill -9 "$1" && echo "$1"
                shift 2
            done
            exit 0
            """;

    private final Instance instance;
    private final Host host;
    private final EventLog log;
    private final Time time;
    private final Set<ProcessId> killed = new HashSet<>();
    private final Set<ProcessId> refused = new HashSet<>();
    private final Set<String> left = new LinkedHashSet<>();
    private boolean supervised;
    private boolean stopped;
    private final Set<String> done = new LinkedHashSet<>();

    /** @param deadline when it must be over, done or not */
    record Time(Deadline deadline, Sleeper sleeper) {}

    Ending(Instance instance, Host host, EventLog log, Time time) {
        this.instance = instance;
        this.host = host;
        this.log = log;
        this.time = time;
    }

    /** The same, which also tells what an earlier one did: that one could not yet see that it was enough. */
    Ending goingOn(Ending earlier) {
        killed.addAll(earlier.killed);
        done.addAll(earlier.done);
        left.addAll(earlier.left);
        supervised |= earlier.supervised;
        stopped |= earlier.stopped;
        return this;
    }

    /** Whether it stopped a service that could start the server again. */
    boolean stoppedService() {
        return stopped;
    }

    Sight look() {
        return instance.look(host, time.deadline());
    }

    /**
     * Comes back when nothing of it is left, or it is clear that this cannot be brought about or told.
     *
     * @throws io.mha4j.base.CommandException if the host does not answer
     */
    Fenced end() {
        Sight sight = look();
        while (!sight.ours().isEmpty() || isGivingUpItsPort(sight)) {
            sight.ours().stream().filter(this::isToBeKilled).forEach(this::kill);
            if (time.deadline().remaining().compareTo(ONE_LOOK) < 0) {
                if (sight.ours().isEmpty()) {
                    break;
                }
                return is(Fence.REFUSED, doesNotEnd(sight.ours().get(0).process()) + also());
            }
            pause();
            sight = look();
        }
        if (!sight.foreign().isEmpty()) {
            return is(
                    Fence.REFUSED,
                    sight.foreign().get(0) + " listens at port " + instance.port() + " and is not it: left alone"
                            + also());
        }
        if (!sight.doubts().isEmpty()) {
            return is(Fence.UNKNOWN, sight.doubts().get(0) + also());
        }
        String how = done.isEmpty() ? "no process of it runs" : String.join(", ", done);
        how += ", and nothing listens at port " + instance.port();
        return left.isEmpty()
                ? is(Fence.PROVEN, how)
                : is(Fence.GONE, String.join(" and ", left) + " may start it again: " + how);
    }

    /**
     * Whether a port of unknown owner may still be that of the process that was ended: the kernel gives its memory back first, for
     * seconds where that is a large buffer pool, and meanwhile nobody can see whose the port is.
     */
    private boolean isGivingUpItsPort(Sight sight) {
        return !done.isEmpty() && !sight.doubts().isEmpty();
    }

    private boolean isToBeKilled(Running server) {
        return !killed.contains(server.process()) && !refused.contains(server.process());
    }

    private String doesNotEnd(ProcessId process) {
        return "process " + process.pid()
                + (killed.contains(process) ? " does not end though it was killed" : " runs and could not be killed");
    }

    private Fenced is(Fence state, String how) {
        return new Fenced(state, supervised, false, how, stopped);
    }

    private String also() {
        return done.isEmpty() ? "" : " (" + String.join(", ", done) + ")";
    }

    private void kill(Running server) {
        server.unit().ifPresent(name -> {
            Unit.Stop stop = Unit.look(host, name, time.deadline()).stop(server, host, time.deadline());
            tell(stop.how());
            if (stop.will() == Unit.Will.MAYBE) {
                left.add(name);
            } else {
                left.remove(name);
            }
            stopped |= stop.will() == Unit.Will.STOPPED;
        });
        List<String> argv = new ArrayList<>(List.of("sh", "-c", KILL, "sh"));
        Stream.concat(server.safes().stream(), Stream.of(server.process())).forEach(p -> {
            argv.add(Long.toString(p.pid()));
            argv.add(p.start());
        });
        CommandRunner.Result result = host.run(argv, time.deadline());
        List<String> struck = result.stdout().lines().toList();
        server.safes().stream()
                .filter(safe -> struck.contains(Long.toString(safe.pid())))
                .forEach(safe -> tell("mysqld_safe " + safe.pid() + " was killed"));
        if (struck.contains(Long.toString(server.process().pid()))) {
            tell("its process " + server.process().pid() + " was killed");
            killed.add(server.process());
        }
        if (!result.stderr().isBlank()) {
            tell("kill says: " + result.stderr().strip());
            refused.add(server.process());
        }
        supervised |= server.supervised();
    }

    private void tell(String what) {
        if (done.add(what)) {
            log.info("{}: {}", host.name(), what);
        }
    }

    private void pause() {
        try {
            time.sleeper().sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("waiting for the old source's process to end", e);
        }
    }
}
