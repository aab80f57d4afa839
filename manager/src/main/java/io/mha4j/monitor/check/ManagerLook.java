package io.mha4j.monitor.check;

import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.report.ReportSettings;
import io.mha4j.hooks.HookCall;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.HookRunner;
import io.mha4j.hooks.IpFailoverScript;
import io.mha4j.hooks.SecondaryCheckScript;
import io.mha4j.hooks.ShutdownScript;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.LocalRunner;
import io.mha4j.report.EventLog;
import io.mha4j.report.FlagFiles;
import io.mha4j.report.PauseFile;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.topology.details.HostDetails.Disk;
import io.mha4j.topology.details.ManagerDetails;
import io.mha4j.topology.details.ManagerDetails.Hook;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What the manager's own host shows. With a log it calls the scripts' {@code status} command, as MHA does at every start,
 * and tells so; without one it takes them for fit.
 */
public final class ManagerLook {
    /** Finding out whether a program is there. */
    private static final Duration LOOK_UP_LIMIT = Duration.ofSeconds(60);

    /** What status, journal and record of a failover take at the most, in bytes; not what is rescued. */
    private static final long ROOM_OF_STATE = 1L << 20;

    /** Belongs to the account that this process acts as. */
    private static final Path SELF = Path.of("/proc/self");

    private static final int ROOT = 0;

    /** A first word of a command line that is a program's name or path; of any other the shell makes something else. */
    private static final Pattern PROGRAM = Pattern.compile("[\\p{L}\\p{N}_./+,:@%-]+");

    private final StateFiles files;
    private final Optional<EventLog> log;
    private final Ticks ticks;
    private final InstantSource clock;
    private final LocalRunner local = new LocalRunner();

    public ManagerLook(StateFiles files, Optional<EventLog> log, Ticks ticks, InstantSource clock) {
        this.files = files;
        this.log = log;
        this.ticks = ticks;
        this.clock = clock;
    }

    /**
     * Looks now, for a tree with this source.
     *
     * @param told             who is told what is wrong
     * @param betweenFailovers how long ago the last failover must have ended; absent: earlier ones do not count
     */
    public ManagerDetails at(ServerSettings source, ReportSettings told, Optional<Duration> betweenFailovers) {
        Path workdir = files.workdir();
        OptionalLong free = freeBytes(workdir);
        boolean readable = Files.isDirectory(workdir) && Files.isExecutable(workdir);
        Optional<FlagFiles> flags =
                readable && betweenFailovers.isPresent() ? Optional.of(new FlagFiles(files, clock)) : Optional.empty();
        return new ManagerDetails(
                problem(workdir, room(workdir)),
                new Disk(workdir.toString(), free),
                flags.filter(FlagFiles::hasError).map(f -> files.failoverError().toString()),
                flags.flatMap(f -> betweenFailovers.flatMap(f::tooSoonAfter)),
                readable ? paused() : Optional.empty(),
                hooks(source, told));
    }

    private Optional<String> paused() {
        try {
            return new PauseFile(files, clock).now().map(PauseFile.Pause::clause);
        } catch (ReportException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Why a failover could not keep its journal there, without which it does not begin. */
    static Optional<String> problem(Path workdir, OptionalLong free) {
        if (Files.isDirectory(workdir)) {
            if (!Files.isWritable(workdir)) {
                return Optional.of(workdir + " is not writable");
            }
            return free.orElse(ROOM_OF_STATE) < ROOM_OF_STATE
                    ? Optional.of("its file system is full, and no failover begins that cannot be written down")
                    : Optional.empty();
        }
        if (Files.exists(workdir)) {
            return Optional.of(workdir + " is no directory");
        }
        Path above = workdir.toAbsolutePath();
        while (above.getParent() != null && !Files.exists(above)) {
            above = above.getParent();
        }
        return Files.isWritable(above)
                ? Optional.empty()
                : Optional.of(workdir + " does not exist and cannot be made in " + above);
    }

    private static OptionalLong freeBytes(Path workdir) {
        return bytes(workdir, FileStore::getUsableSpace);
    }

    /** What this account may write there: root also into what ext2, ext3 and ext4 reserve for it; others mean something else by it. */
    private static OptionalLong room(Path workdir) {
        return bytes(
                workdir,
                disk -> mayUseReserve(disk.type(), Files.getAttribute(SELF, "unix:uid"))
                        ? disk.getUnallocatedSpace()
                        : disk.getUsableSpace());
    }

    static boolean mayUseReserve(String fileSystem, Object uid) {
        return uid.equals(ROOT) && fileSystem.startsWith("ext");
    }

    private interface Measure {
        long of(FileStore disk) throws IOException;
    }

    private static OptionalLong bytes(Path workdir, Measure measure) {
        try {
            return Files.isDirectory(workdir)
                    ? OptionalLong.of(measure.of(Files.getFileStore(workdir)))
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private List<Hook> hooks(ServerSettings source, ReportSettings told) {
        ServerSettings.Scripts scripts = source.scripts();
        List<Hook> hooks = new ArrayList<>();
        hooks.add(
                scripts.vip().isPresent()
                        ? new Hook("master_ip_failover_script", true, Optional.empty())
                        : status(
                                "master_ip_failover_script",
                                scripts.ipFailover().map(p -> new IpFailoverScript(p).status(source)),
                                scripts.timeout()));
        hooks.add(status(
                "shutdown_script",
                scripts.shutdown().map(p -> new ShutdownScript(p).status(source)),
                scripts.timeout()));
        hooks.add(secondaryCheck(source.watching().secondaryCheck().map(SecondaryCheckScript::new)));
        hooks.add(found("report_script", scripts.report().map(ManagerLook::firstWord)));
        hooks.add(found("alarm_script", told.alarmScript().map(ManagerLook::firstWord)));
        return hooks;
    }

    private static String firstWord(String command) {
        return command.strip().split("\\s", 2)[0];
    }

    private Hook status(String parameter, Optional<HookCall> call, Duration limit) {
        return new Hook(
                parameter,
                call.isPresent(),
                log.flatMap(told -> call.flatMap(c -> problem(parameter, c, limit, told))));
    }

    private Optional<String> problem(String parameter, HookCall call, Duration limit, EventLog told) {
        told.info("Checking {} status:", parameter);
        told.info("  {}", call);
        HookResult result = new HookRunner(local).run(call, Deadline.in(limit, ticks));
        result.output().forEach(told::output);
        if (result.outcome() == HookResult.Outcome.OK) {
            told.info(" OK.");
            return Optional.empty();
        }
        return Optional.of("--command=status " + result.sentence() + "; it must answer 0");
    }

    private Hook secondaryCheck(Optional<SecondaryCheckScript> script) {
        script.filter(SecondaryCheckScript::runsBuiltIn)
                .ifPresent(s -> log.ifPresent(
                        told -> told.info("secondary_check_script: {} is not there, mha4j's own is run", s.program())));
        return found("secondary_check_script", script.map(SecondaryCheckScript::programRun));
    }

    /**
     * These have no status command; that they can be started is all that can be told, and only where the shell's command line
     * begins with the program itself.
     */
    private Hook found(String parameter, Optional<String> program) {
        if (log.isEmpty() || program.filter(PROGRAM.asMatchPredicate()).isEmpty()) {
            return new Hook(parameter, program.isPresent(), Optional.empty());
        }
        CommandRunner.Result result = local.run(
                List.of("sh", "-c", "command -v -- \"$1\"", "sh", program.get()), Deadline.in(LOOK_UP_LIMIT, ticks));
        return new Hook(
                parameter,
                true,
                result.succeeded()
                        ? Optional.empty()
                        : Optional.of(
                                "cannot be started: " + program.get() + " is no program that this account may run"));
    }
}
