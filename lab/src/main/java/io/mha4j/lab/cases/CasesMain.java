package io.mha4j.lab.cases;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.Ticks;
import io.mha4j.lab.fetch.DebianPackages;
import io.mha4j.lab.script.CaseFile;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.server.ServerStore;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.tree.TreeSpec;
import io.mha4j.lab.wire.NamespaceHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The runner of integration cases. */
@Command(
        name = "cases",
        mixinStandardHelpOptions = true,
        description = "Runs integration cases on real servers.",
        footer = "Exit: 0 all passed, 1 some failed, 2 nothing was run.")
public final class CasesMain implements Callable<Integer> {
    private static final int NOTHING_RUN = 2;
    private static final List<String> TOOLS = List.of("iproute2", "nftables", "openssh-client", "strace", "sudo");

    @Option(names = "--all", description = "also the cases marked long")
    private boolean all;

    @Option(names = "--list", description = "print what would run")
    private boolean list;

    @Option(names = "--keep", description = "keep the folders of passed cases too")
    private boolean keep;

    @Option(names = "--case", paramLabel = "GLOB", description = "cases by name (default: *)")
    private String glob = "*";

    @Option(names = "--server", paramLabel = "KIND", split = ",", description = "only these server kinds")
    private List<String> servers = List.of();

    @Option(names = "--gtid", paramLabel = "on|off", description = "only with or without GTIDs")
    private String gtid = "";

    @Option(names = "--jobs", paramLabel = "N", description = "cases at the same time (default: 2)")
    private int jobs = 2;

    @Option(names = "--root", paramLabel = "DIR", description = "top of the source tree (default: here)")
    private Path root = Path.of("");

    private final Ticks ticks = System::nanoTime;

    /** Runs the cases and ends the process with the exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new CasesMain()).execute(args));
    }

    @Override
    public Integer call() {
        try {
            Layout layout = Layout.at(root);
            List<CaseRun> runs = chosen(new CaseLibrary(layout.cases()).matching(glob));
            if (runs.isEmpty()) {
                System.err.println("no case matches; --list --all prints all of them");
                return NOTHING_RUN;
            }
            if (list) {
                runs.forEach(run -> System.out.println(run.label()));
                return 0;
            }
            fetch(runs);
            return run(runs, new CaseProcess(layout, ticks, keep));
        } catch (MhaException e) {
            System.err.println(e.getMessage());
            return NOTHING_RUN;
        }
    }

    /** Here, because a case has no network to fetch over, and because no case's deadline shall pay for it. */
    private static void fetch(List<CaseRun> runs) {
        Set<String> packages = new LinkedHashSet<>(TOOLS);
        runs.forEach(run -> packages.addAll(run.file().head().packages()));
        new DebianPackages(System.err).require(List.copyOf(packages));
        ServerStore store = ServerStore.of(System.getenv(), System.err);
        runs.stream().map(CaseRun::kind).distinct().forEach(store::installation);
        if (runs.stream().anyMatch(run -> TreeSpecs.of(run).place() == TreeSpec.Place.NAMESPACES)) {
            NamespaceHost.prepare();
        }
    }

    private List<CaseRun> chosen(List<CaseFile> files) {
        Set<ServerKind> kinds = new LinkedHashSet<>();
        for (String name : servers) {
            kinds.add(ServerKind.named(name)
                    .orElseThrow(() -> new CommandLine.ParameterException(
                            new CommandLine(this), "--server=" + name + " is no server kind")));
        }
        List<CaseRun> runs = new ArrayList<>();
        for (CaseFile file : files) {
            runs.addAll(CaseRun.of(file, kind -> kinds.isEmpty() || kinds.contains(kind)));
        }
        runs.removeIf(run -> !all && run.isLong());
        runs.removeIf(run -> !gtid.isEmpty() && run.gtid() != gtid.equals("on"));
        return runs;
    }

    private int run(List<CaseRun> runs, CaseProcess process) {
        long start = ticks.nanos();
        ResultTable table = new ResultTable(System.out);
        table.head();
        List<CaseResult> results = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, jobs));
        try {
            List<Future<CaseResult>> pending = new ArrayList<>();
            for (CaseRun run : runs) {
                pending.add(workers.submit(() -> {
                    CaseResult result = process.run(run);
                    table.row(result);
                    return result;
                }));
            }
            for (Future<CaseResult> each : pending) {
                results.add(each.get());
            }
        } catch (InterruptedException e) {
            throw InterruptedWork.during("running cases", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a case could not be run", e.getCause());
        } finally {
            workers.shutdownNow();
        }
        table.total(results, Duration.ofNanos(ticks.nanos() - start));
        return results.stream().allMatch(CaseResult::passed) ? 0 : 1;
    }
}
