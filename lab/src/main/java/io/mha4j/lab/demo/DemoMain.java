package io.mha4j.lab.demo;

import io.mha4j.base.MhaException;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.fault.Scenario;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.BinlogFormat;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.server.ServerStore;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.tree.TreeSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo as a command. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "One source, two replicas, clients that write, the manager; then the source dies, and comes home.",
        footer = "Exit: 0 all is as it should be, 1 it is not, 2 it did not start, because of wrong arguments too.")
public final class DemoMain implements Callable<Integer> {
    private static final int DID_NOT_START = 2;
    private static final int REPLICAS = 2;
    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(10);

    @Option(names = "--server", paramLabel = "KIND", description = "server kind (default: ${DEFAULT-VALUE})")
    private String server = ServerKind.MYSQL_8_0.label();

    @Option(names = "--gtid", paramLabel = "on|off", description = "by GTID (default: on where the server has it)")
    private String gtid = "";

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "what befalls the source: kill9 (default), freeze, unreceived, lagging, hostgone")
    private String scenario = Scenario.KILL9.word();

    @Option(names = "--json", description = "the summary as JSON on the output, all else on the error output")
    private boolean json;

    @Option(names = "--keep", description = "leave everything up at the end to look around")
    private boolean keep;

    @Option(names = "--root", paramLabel = "DIR", description = "top of the source tree (default: here)")
    private Path root = Path.of("");

    private final Waiter waiter = Waiter.real();
    private long start;
    private boolean stands;

    /** Runs the demo and ends the process with the exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new DemoMain()).execute(args));
    }

    @Override
    public Integer call() {
        ServerKind kind = kind();
        boolean byGtid = byGtid(kind);
        Scenario chosen = Scenario.named(scenario)
                .orElseThrow(() -> wrong("--scenario=" + scenario + ": there are " + Scenario.words()));
        try {
            Layout layout = Layout.at(root);
            ServerStore.of(System.getenv(), out()).installation(kind);
            start = waiter.ticks().nanos();
            TreeSpec spec = new TreeSpec(
                    kind, byGtid, REPLICAS, BinlogFormat.ROW, TreeSpec.Shape.STAR, TreeSpec.Place.LOOPBACK, Map.of());
            boolean good = run(layout, spec, chosen);
            return good ? 0 : 1;
        } catch (MhaException e) {
            System.err.println("demo: " + e.getMessage());
            return stands ? 1 : DID_NOT_START;
        }
    }

    private ServerKind kind() {
        return ServerKind.named(server)
                .orElseThrow(() -> wrong("--server=" + server + ": there are " + List.of(ServerKind.values())));
    }

    private boolean byGtid(ServerKind kind) {
        return switch (gtid) {
            case "" -> kind.knowsGtids();
            case "off" -> false;
            case "on" -> {
                if (!kind.knowsGtids()) {
                    throw wrong("--gtid=on: " + kind + " has no GTIDs");
                }
                yield true;
            }
            default -> throw wrong("--gtid=" + gtid + ": on or off is allowed");
        };
    }

    private CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(new CommandLine(this), what);
    }

    /** For all but the summary. */
    private PrintStream out() {
        return json ? System.err : System.out;
    }

    private boolean run(Layout layout, TreeSpec spec, Scenario chosen) {
        Path work = layout.demo();
        Folders.delete(work);
        Folders.make(work);
        Path data = Folders.temporary();
        Thread atExit = new Thread(() -> endEverything(data), "demo-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        say("starting a source and two replicas: %s, replication by %s"
                .formatted(spec.kind(), spec.gtid() ? "GTID" : "file and position"));
        try (Tree tree = Tree.start(spec, data)) {
            stands = true;
            for (LabHost host : tree.hosts()) {
                say("  %s:%d %s, pid %d"
                        .formatted(
                                host.address(),
                                host.server().port(),
                                host.server().equals(tree.source()) ? "source" : "replica",
                                host.server().pid()));
            }
            Summary summary = new Demo(tree, layout, work, this::say).run(chosen);
            out().println();
            out().print(summary.text());
            out().println("logs and records: " + work);
            if (json) {
                System.out.println(SummaryJson.of(summary));
            }
            if (keep) {
                lookAround(tree);
            }
            tree.close();
            return nothingLeft() && summary.faults().isEmpty();
        } finally {
            Runtime.getRuntime().removeShutdownHook(atExit);
            endEverything(data);
        }
    }

    /** Also after Ctrl-C: neither a process nor data stay. */
    private static void endEverything(Path data) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Folders.delete(data);
    }

    private void lookAround(Tree tree) {
        out().println();
        for (LabHost host : tree.hosts()) {
            out().printf(
                            Locale.ROOT,
                            "mysql -h %s -P %d -u %s -p%s   # %s%n",
                            host.address(),
                            host.server().port(),
                            Account.ROOT.user(),
                            Account.ROOT.password(),
                            host.server().running() ? "pid " + host.server().pid() : "not running");
        }
        out().println("Enter ends everything.");
        try {
            for (int c = System.in.read(); c >= 0 && c != '\n'; ) {
                c = System.in.read();
            }
        } catch (IOException e) {
            System.err.println("demo: no input to wait for: " + e.getMessage());
        }
    }

    /** Programs that end by themselves shortly after the manager, such as a first start's class archive, may do so. */
    private boolean nothingLeft() {
        boolean none =
                waiter.until(waiter.in(LEFTOVER_LIMIT), () -> Leftovers.now().isEmpty());
        if (!none) {
            out().println("left behind:    " + Leftovers.now());
        }
        return none;
    }

    private synchronized void say(String line) {
        out().printf(Locale.ROOT, "%7.3f  %s%n", (waiter.ticks().nanos() - start) / 1e9, line);
        out().flush();
    }
}
