package io.mha4j.lab.bench;

import io.mha4j.base.MhaException;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.bench.Ground.Mover;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.stage.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Benchmarks by name; each prints its figures and their ratio. */
@Command(
        name = "bench",
        description = "Speed beside the programs that MHA uses.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchMain.Scan.class,
            BenchMain.Save.class,
            BenchMain.Level.class,
            BenchMain.Commands.class,
            BenchMain.Switch.class,
            BenchMain.Failover.class,
            BenchMain.Death.class,
            BenchMain.Soak.class,
            BenchMain.Silent.class
        })
public final class BenchMain {
    private static final String MOVERS = "route: loopback hosts, a script that writes a file; script: hosts in"
            + " namespaces, a script that logs in by SSH; vip: the same hosts, the manager itself.";

    private BenchMain() {}

    /** Exit status 0: measured and within the bar; 1: not, with one sentence; 2: wrong arguments. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new BenchMain())
                .registerConverter(ServerKind.class, BenchMain::kind)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
        System.exit(line.execute(args));
    }

    private static int failed(Exception e) throws Exception {
        if (e instanceof MhaException) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
        throw e;
    }

    private static ServerKind kind(String label) {
        return ServerKind.named(label)
                .orElseThrow(() -> new CommandLine.TypeConversionException(
                        "no server '%s'; there are %s".formatted(label, List.of(ServerKind.values()))));
    }

    @Command(name = "scan", description = "Scan a binary log with checksums, beside mysqlbinlog >/dev/null.")
    static final class Scan implements Callable<Integer> {
        @Option(names = "--server", paramLabel = "KIND", defaultValue = "9.7")
        private ServerKind kind = ServerKind.MYSQL_9_7;

        @Option(names = "--megabytes", paramLabel = "N", defaultValue = "320", description = "Size of the log.")
        private int megabytes = 320;

        @Override
        public Integer call() {
            return new ScanBench(kind, megabytes).run() ? 0 : 1;
        }
    }

    @Command(name = "save", description = "Save a binary log over SSH, beside ssh host cat to a file.")
    static final class Save implements Callable<Integer> {
        @Option(names = "--server", paramLabel = "KIND", defaultValue = "9.7")
        private ServerKind kind = ServerKind.MYSQL_9_7;

        @Option(names = "--megabytes", paramLabel = "N", defaultValue = "500", description = "Size of the log.")
        private int megabytes = 500;

        @Override
        public Integer call() {
            return new SaveBench(kind, megabytes).run() ? 0 : 1;
        }
    }

    @Command(name = "commands", description = "The commands that people wait for, on a healthy tree.")
    static final class Commands implements Callable<Integer> {
        @Option(names = "--server", paramLabel = "KIND", defaultValue = "8.0.15")
        private ServerKind kind = ServerKind.MYSQL_8_0;

        @Option(names = "--root", required = true, description = "Top of the source tree.")
        private Path root = Path.of(".");

        @Override
        public Integer call() {
            return new CommandsBench(kind, Layout.at(root)).run() ? 0 : 1;
        }
    }

    /** What a benchmark under load stands on. */
    private static final class Place {
        @Option(names = "--server", paramLabel = "KIND", defaultValue = "8.0.15")
        private ServerKind kind = ServerKind.MYSQL_8_0;

        @Option(names = "--gtid", paramLabel = "on|off", defaultValue = "on")
        private String gtid = "on";

        @Option(names = "--by", paramLabel = "route|script|vip", defaultValue = "route", description = MOVERS)
        private Mover mover = Mover.ROUTE;

        @Option(names = "--root", required = true, description = "Top of the source tree.")
        private Path root = Path.of(".");

        private Ground.Plan plan() {
            return new Ground.Plan(kind, gtid.equals("on"), mover, Map.of(), Layout.at(root));
        }
    }

    /** How often something is measured. */
    private static final class Runs {
        @Option(names = "--runs", paramLabel = "N", defaultValue = "10")
        private int number = 10;

        private int number() {
            if (number < 1) {
                throw new LabException("--runs=" + number + " measures nothing; give 1 or more");
            }
            return number;
        }
    }

    @Command(name = "switch", description = "Online switches under load: for how long clients cannot write.")
    static final class Switch implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Override
        public Integer call() {
            return new SwitchBench(place.plan()).run() ? 0 : 1;
        }
    }

    @Command(name = "failover", description = "The source killed under load, failed over by hand and by the manager.")
    static final class Failover implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Mixin
        private Runs runs = new Runs();

        @Override
        public Integer call() {
            return new FailoverBench(place.plan(), runs.number()).run() ? 0 : 1;
        }
    }

    @Command(name = "death", description = "Ways to die under the manager's eyes, under load.")
    static final class Death implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Mixin
        private Runs runs = new Runs();

        @Option(
                names = "--way",
                paramLabel = "WAY",
                split = ",",
                description = "${COMPLETION-CANDIDATES}; default all.")
        private List<DeathBench.Way> ways = List.of(DeathBench.Way.values());

        @Override
        public Integer call() {
            return new DeathBench(place.plan(), runs.number()).run(ways) ? 0 : 1;
        }
    }

    @Command(name = "soak", description = "A manager that watches for a long time: memory, processor, connections.")
    static final class Soak implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Option(names = "--minutes", paramLabel = "N", defaultValue = "15")
        private int minutes = 15;

        @Override
        public Integer call() {
            if (minutes < 2) {
                throw new LabException("--minutes=" + minutes + ": the first minute is not counted; give 2 or more");
            }
            return new SoakBench(place.plan(), Duration.ofMinutes(minutes)).run() ? 0 : 1;
        }
    }

    @Command(name = "silent", description = "The checks, when one host of four is silent.")
    static final class Silent implements Callable<Integer> {
        @Option(names = "--server", paramLabel = "KIND", defaultValue = "8.0.15")
        private ServerKind kind = ServerKind.MYSQL_8_0;

        @Option(names = "--root", required = true, description = "Top of the source tree.")
        private Path root = Path.of(".");

        @Override
        public Integer call() {
            return new SilentBench(kind, Layout.at(root)).run() ? 0 : 1;
        }
    }

    @Command(name = "level", description = "Level replicas by a feed, beside mysqlbinlog | mysql.")
    static final class Level implements Callable<Integer> {
        @Option(names = "--server", paramLabel = "KIND", split = ",", description = "Default: 5.7, 8.0, 9.7, MariaDB.")
        private List<ServerKind> kinds =
                List.of(ServerKind.MYSQL_5_7, ServerKind.MYSQL_8_0, ServerKind.MYSQL_9_7, ServerKind.MARIADB_10_11);

        @Override
        public Integer call() {
            boolean reached = true;
            for (ServerKind kind : kinds) {
                reached &= new LevelBench(kind).run();
            }
            return reached ? 0 : 1;
        }
    }
}
