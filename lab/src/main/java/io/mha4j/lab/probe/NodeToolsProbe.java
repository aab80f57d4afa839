package io.mha4j.lab.probe;

import io.mha4j.base.Deadline;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.check.Equality;
import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The node tools, each as a program of its own, on the files of a dead source and of two replicas that received different parts. */
public final class NodeToolsProbe implements Probe {
    private static final byte[] LEFT = "left".getBytes(StandardCharsets.US_ASCII);

    private final Checks checks = new Checks(System.out);
    private final Path bin = bin();
    private int runs;

    @Override
    public void run(Tree tree, Path work) {
        LabServer ahead = tree.replicas().get(0);
        LabServer behind = tree.replicas().get(1);
        // 5.5 switches it on again when it starts with relay_log_recovery.
        tree.replicas().forEach(replica -> replica.sql("SET GLOBAL relay_log_purge=0"));
        fill(tree, 2, 200);
        checks.does("purge of all replicas", () -> purgeAll(tree, work));
        checks.does("purge on a replica's host", () -> purgeHere(ahead, work));
        checks.does("purge whose session breaks", () -> purgeCut(ahead, work));
        Replication.of(behind).stopReceiving();
        insert(tree.source(), 201, 260);
        awaitRows(ahead, 260);
        Replication.of(ahead).stopReceiving();
        insert(tree.source(), 261, 297);
        tree.source()
                .sql(
                        "BEGIN",
                        "INSERT INTO test.t1 (id, value, value2) VALUES (298, 298, 'w')",
                        "INSERT INTO test.t1 (id, value, value2) VALUES (299, 299, 'w')",
                        "INSERT INTO test.t1 (id, value, value2) VALUES (300, 300, 'w')",
                        "COMMIT");
        awaitApplied(ahead);
        awaitApplied(behind);
        BinlogPosition latest = read(ahead);
        BinlogPosition oldest = read(behind);
        tree.source().kill9();
        Path saved = work.resolve("saved_master_binlog_from_source.binlog");
        Path diff = work.resolve("relay_from_read_to_latest.binlog");
        checks.does("save the tail", () -> save(tree.source(), latest, saved));
        checks.does("find and generate the difference", () -> generate(ahead, latest, oldest, diff));
        checks.does("apply", () -> apply(ahead, behind, diff, saved));
        System.out.println("== " + checks.summary());
        if (checks.failed() > 0) {
            throw new CaseFailed(checks.summary() + "; the output says which");
        }
    }

    private void fill(Tree tree, int first, int last) {
        insert(tree.source(), first, last);
        tree.replicas().forEach(replica -> awaitRows(replica, last));
    }

    private void purgeAll(Tree tree, Path work) {
        Path conf = work.resolve("app1.cnf");
        Path links = tree.workDir().resolve("links");
        Map<String, String> workdir = Map.of("remote_workdir", links.toString());
        tree.writeConfig(conf, Map.of(), Map.of("server2", workdir, "server3", workdir));
        int before = relayLogs(tree.replicas().get(1)).size();
        Outcome outcome = tool(work, "masterha", "purge-relay-logs", "--conf=" + conf);
        checks.same("exit status", 0, outcome::exit);
        outcome.says("no replica by one channel, nothing to purge");
        outcome.says("All relay log purging operations succeeded.");
        outcome.says("Creating hard link for " + links);
        checks.holds(
                "fewer relay logs than " + before,
                () -> relayLogs(tree.replicas().get(1)).size() < before);
        checks.holds("no link is left", () -> names(links).isEmpty());
        for (LabServer replica : tree.replicas()) {
            checks.same("relay logs are kept again", "0", () -> replica.value("SELECT @@global.relay_log_purge")
                    .orElse(""));
        }
    }

    private void purgeHere(LabServer replica, Path work) {
        String account = "--user=" + Account.ROOT.user();
        String password = "--password=" + Account.ROOT.password();
        String[] args = {account, password, "--host=" + replica.host(), "--port=" + replica.port(), "--workdir=" + work
        };
        Outcome outcome = tool(work, "purge_relay_logs", args);
        checks.same("exit status", 0, outcome::exit);
        outcome.says("purge_relay_logs script started.");
        outcome.says("All relay log purging operations succeeded.");
        replica.sql("SET GLOBAL relay_log_purge=1");
        Outcome automatic = tool(work, "purge_relay_logs", args);
        checks.same("exit status where the server purges", 0, automatic::exit);
        automatic.says(" relay_log_purge is enabled. Exit.");
        replica.sql("SET GLOBAL relay_log_purge=0");
        Outcome another = tool(work, "purge_relay_logs", with(args, "--socket=" + work.resolve("another.sock")));
        checks.same("exit status with the socket of another server", 1, another::exit);
        another.says("is not that of " + replica.host() + ":" + replica.port());
        Path socket = replica.dataDir()
                .resolve(replica.value("SELECT @@global.socket").orElse(""));
        Outcome own = tool(work, "purge_relay_logs", with(args, "--socket=" + socket));
        checks.same("exit status with the server's socket", 0, own::exit);
        Outcome wrong = tool(work, "purge_relay_logs", account, "--password=wrong", args[2], args[3]);
        checks.same("exit status with a wrong password", 1, wrong::exit);
    }

    /** It also finds a link that an earlier run, which was killed, has left, beside a copy that somebody made. */
    private void purgeCut(LabServer replica, Path work) {
        String log = relayLogs(replica).get(0);
        Path links = work.resolve("links");
        String base = log.substring(0, log.lastIndexOf('.'));
        SavedTail.write(links.resolve(".purge." + base + ".000000"), LEFT);
        SavedTail.write(links.resolve(base + ".000000"), LEFT);
        Thread killer = new Thread(() -> killPurger(replica), "kill-purger");
        killer.start();
        Outcome cut = tool(
                work,
                "purge_relay_logs",
                "--user=" + Account.ROOT.user(),
                "--password=" + Account.ROOT.password(),
                "--host=" + replica.host(),
                "--port=" + replica.port(),
                "--workdir=" + links);
        checks.same("exit status", 1, cut::exit);
        checks.same("relay logs are kept again", "0", () -> replica.value("SELECT @@global.relay_log_purge")
                .orElse(""));
        checks.same("what is left", List.of(base + ".000000"), () -> names(links));
    }

    private static void killPurger(LabServer replica) {
        ProbeTree.awaitTrue(() -> replica.value("SELECT @@global.relay_log_purge")
                .filter("1"::equals)
                .isPresent());
        replica.value("SELECT IS_USED_LOCK('MHA_Master_High_Availability_Failover')")
                .ifPresent(id -> replica.sql("KILL " + id));
    }

    private void save(LabServer source, BinlogPosition from, Path out) {
        String directory = "--binlog_dir=/nowhere," + source.dataDir();
        Outcome test = tool(
                out.resolveSibling(""),
                "save_binary_logs",
                "--command=test",
                "--start_pos=4",
                "--binlog_prefix=mysql-bin",
                directory,
                "--output_file=" + out,
                "--manager_version=0.58");
        checks.same("exit status of the test", 0, test::exit);
        test.says("Binlog found at " + source.dataDir());
        String file = "--start_file=" + from.file();
        String[] start = {"--command=save", file, directory, "--output_file=" + out, "--handle_raw_binlog=1"};
        Outcome saved = tool(out.resolveSibling(""), "save_binary_logs", with(start, "--start_pos=" + from.offset()));
        checks.same("exit status", 0, saved::exit);
        saved.says(" Concat succeeded.");
        long size = size(source.dataDir().resolve(from.file()));
        Path nothing = out.resolveSibling("nothing");
        String[] end = {"--command=save", file, directory, "--output_file=" + nothing};
        Outcome none = tool(out.resolveSibling(""), "save_binary_logs", with(end, "--start_pos=" + size));
        checks.same("exit status with nothing to save", 10, none::exit);
        none.says("Event not exists.");
        Outcome inside =
                tool(out.resolveSibling(""), "save_binary_logs", with(end, "--start_pos=" + (from.offset() + 1)));
        checks.same("exit status inside an event", 1, inside::exit);
        inside.says("Failed to save binary log: no event of ");
        Outcome version = tool(out.resolveSibling(""), "save_binary_logs", "--version");
        version.says("save_binary_logs version 0.58.");
    }

    private void generate(LabServer ahead, BinlogPosition latest, BinlogPosition oldest, Path diff) {
        String[] place = {
            "--relay_dir=" + ahead.dataDir(),
            "--current_relay_log=" + relayLogs(ahead).get(0),
            "--workdir=" + diff.resolveSibling("")
        };
        String[] login = {
            "--slave_user=" + Account.ROOT.user(),
            "--slave_pass=" + Account.ROOT.password(),
            "--slave_host=" + ahead.host(),
            "--slave_port=" + ahead.port()
        };
        Outcome test =
                tool(diff.resolveSibling(""), "apply_diff_relay_logs", with(with(place, login), "--command=test"));
        checks.same("exit status of the test", 0, test::exit);
        test.says("Testing mysql connection and privileges.. done.");
        String[] positions = {
            "--latest_mlf=" + latest.file(),
            "--latest_rmlp=" + latest.offset(),
            "--target_mlf=" + oldest.file(),
            "--target_rmlp=" + oldest.offset(),
            "--server_id=2"
        };
        Outcome found =
                tool(diff.resolveSibling(""), "apply_diff_relay_logs", with(with(place, positions), "--command=find"));
        checks.same("exit status of find", 0, found::exit);
        found.says("Target relay log FOUND!");
        Outcome generated = tool(
                diff.resolveSibling(""),
                "apply_diff_relay_logs",
                with(with(place, positions), "--command=generate", "--diff_file_readtolatest=" + diff));
        checks.same("exit status of generate", 0, generated::exit);
        generated.says(" Generating diff relay log succeeded. Saved at " + diff + " .");
    }

    private void apply(LabServer ahead, LabServer behind, Path diff, Path saved) {
        List.of(ahead, behind).forEach(replica -> Replication.of(replica).stop());
        Outcome second = applied(behind, new SavedTail(saved).cut(diff));
        checks.same("exit status", 0, second::exit);
        second.says("Applying log files succeeded.");
        Outcome unended = applied(ahead, new SavedTail(saved).unended());
        checks.same("exit status where a transaction has no end", 22, unended::exit);
        unended.says("a transaction begins here while the one before has no end");
        checks.same(
                "exit status on the replica that is ahead", 0, () -> applied(ahead, new SavedTail(saved).startedAgain())
                        .exit());
        checks.same(
                "rows", "300", () -> ahead.value("SELECT COUNT(*) FROM test.t1").orElse(""));
        checks.holds("tables are equal", Equality.of(List.of(ahead, behind))::holds);
        Outcome again = applied(ahead, saved.toString());
        checks.same("exit status of a second time", 22, again::exit);
        again.says("FATAL: applying log files failed");
    }

    private Outcome applied(LabServer server, String files) {
        return tool(
                Path.of(files.split(",", -1)[0]).resolveSibling(""),
                "apply_diff_relay_logs",
                "--command=apply",
                "--slave_user=" + Account.ROOT.user(),
                "--slave_pass=" + Account.ROOT.password(),
                "--slave_host=" + server.host(),
                "--slave_port=" + server.port(),
                "--apply_files=" + files,
                "--manager_version=0.58");
    }

    /** How a program ended. */
    private final class Outcome {
        private final int exit;
        private final String output;

        Outcome(int exit, String output) {
            this.exit = exit;
            this.output = output;
        }

        int exit() {
            return exit;
        }

        void says(String text) {
            if (!checks.holds("says \"" + text + "\"", () -> output.contains(text))) {
                System.out.println(output.indent(12));
            }
        }
    }

    private Outcome tool(Path work, String name, String... args) {
        List<String> argv = new ArrayList<>(List.of(bin.resolve(name).toString()));
        argv.addAll(List.of(args));
        Path output = work.resolve(name + "." + ++runs + ".out");
        try (ProgramRun program = ProgramRun.start(argv, work, Map.of(), output)) {
            int exit = program.await(Deadline.in(Duration.ofMinutes(1), System::nanoTime));
            return new Outcome(exit, program.output());
        }
    }

    private static String[] with(String[] args, String... more) {
        return Stream.of(args, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static void insert(LabServer source, int first, int last) {
        for (int id = first; id <= last; id++) {
            source.sql("INSERT INTO test.t1 (id, value, value2) VALUES (" + id + ", " + id + ", 'w')");
        }
    }

    private static void awaitRows(LabServer server, int rows) {
        ProbeTree.awaitTrue(() -> server.value("SELECT COUNT(*) FROM test.t1")
                .filter(Integer.toString(rows)::equals)
                .isPresent());
    }

    private static void awaitApplied(LabServer replica) {
        ProbeTree.awaitTrue(() -> Replication.of(replica)
                .status()
                .filter(s -> s.read().isPresent() && s.read().equals(s.applied()))
                .isPresent());
    }

    private static BinlogPosition read(LabServer replica) {
        return Replication.of(replica)
                .status()
                .flatMap(Replication.Status::read)
                .orElseThrow();
    }

    private static List<String> relayLogs(LabServer replica) {
        return names(replica.dataDir()).stream()
                .filter(name -> name.matches("relay-bin\\.\\d+|.*relay.*\\.\\d+"))
                .toList();
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new LabException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new LabException("no size of " + file + ": " + e.getMessage(), e);
        }
    }

    /** The launchers stand in the source tree that this class was built in. */
    private static Path bin() {
        try {
            Path classes = Path.of(NodeToolsProbe.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Layout.at(classes.resolve("../../..")).bin();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
