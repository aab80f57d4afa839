package io.mha4j.lab;

import io.mha4j.base.MhaException;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.fetch.DebianPackages;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.BinlogFormat;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.server.ServerStore;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.tree.TreeSpec;
import io.mha4j.lab.wire.NamespaceHost;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The lab by hand: fetch servers, start a tree. */
@Command(
        name = "lab",
        description = "Real servers for trying and testing the manager.",
        mixinStandardHelpOptions = true,
        subcommands = {LabMain.Fetch.class, LabMain.StartTree.class})
public final class LabMain {
    private LabMain() {}

    /** Exit status 0: done; 1: failed, with one sentence on standard error; 2: wrong arguments. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new LabMain())
                .registerConverter(ServerKind.class, LabMain::kind)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
        System.exit(line.execute(args));
    }

    private static int failed(Exception e) throws Exception {
        if (e instanceof MhaException || e instanceof IllegalArgumentException) {
            System.err.println("lab: " + e.getMessage());
            return 1;
        }
        throw e;
    }

    private static ServerKind kind(String label) {
        return ServerKind.named(label)
                .orElseThrow(() -> new CommandLine.TypeConversionException(
                        "no server '%s'; there are %s".formatted(label, List.of(ServerKind.values()))));
    }

    @Command(name = "fetch", description = "Fetch and initialise servers, all when none is named; print versions.")
    static final class Fetch implements Callable<Integer> {
        @Parameters(paramLabel = "KIND", arity = "0..*")
        private List<ServerKind> kinds = List.of();

        @Override
        public Integer call() {
            new DebianPackages(System.err).require(DebianPackages.TOOLS);
            ServerStore store = ServerStore.of(System.getenv(), System.err);
            List<ServerKind> wanted = kinds.isEmpty() ? List.of(ServerKind.values()) : kinds;
            wanted.forEach(store::installation);
            NamespaceHost.prepare();
            store.versions().forEach(System.out::println);
            return 0;
        }
    }

    @Command(name = "tree", description = "Start a source with replicas; stop on Enter or a signal.")
    static final class StartTree implements Callable<Integer> {
        @Option(names = "--server", paramLabel = "KIND", defaultValue = "8.0.15")
        private ServerKind kind = ServerKind.MYSQL_8_0;

        @Option(names = "--gtid", paramLabel = "on|off", description = "Default: on where the server has it.")
        private @Nullable Switch gtid;

        @Option(names = "--replicas", paramLabel = "N", defaultValue = "2")
        private int replicas = 2;

        @Option(names = "--shape", defaultValue = "star", description = "star, tier or dual")
        private TreeSpec.Shape shape = TreeSpec.Shape.STAR;

        @Option(names = "--format", defaultValue = "row", description = "row, mixed or statement")
        private BinlogFormat format = BinlogFormat.ROW;

        @Override
        public Integer call() throws IOException {
            boolean byGtid = Optional.ofNullable(gtid).map(s -> s == Switch.ON).orElse(kind.knowsGtids());
            TreeSpec spec = new TreeSpec(kind, byGtid, replicas, format, shape, TreeSpec.Place.LOOPBACK, Map.of());
            Path folder = Folders.temporary();
            Tree tree = Tree.start(spec, folder);
            // Enter and a signal both end here; the tree's files go once its servers are gone.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(tree), "lab-remove"));
            Path conf = folder.resolve("app1.cnf");
            tree.writeConfig(conf, Map.of(), Map.of());
            describe(tree, conf, System.out);
            waitForEnter();
            return 0;
        }

        private static void remove(Tree tree) {
            tree.close();
            Folders.delete(tree.workDir());
        }

        private static void describe(Tree tree, Path conf, PrintStream out) {
            for (LabHost host : tree.hosts()) {
                out.printf(
                        Locale.ROOT,
                        "%-8s mysql -h %s -P %d -u %s -p%s   ssh -p %d -i %s %s   pid %d%n",
                        host.server().equals(tree.source()) ? "source" : "replica",
                        host.address(),
                        host.server().port(),
                        Account.ROOT.user(),
                        Account.ROOT.password(),
                        host.sshPort(),
                        tree.loginKey(),
                        host.address(),
                        host.server().pid());
            }
            out.println("application file: " + conf);
            out.println("Enter stops the tree.");
        }

        private static void waitForEnter() throws IOException {
            for (int c = System.in.read(); c >= 0 && c != '\n'; ) {
                c = System.in.read();
            }
        }
    }

    private enum Switch {
        ON,
        OFF
    }
}
