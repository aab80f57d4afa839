package io.mha4j.lab.cases;

import io.mha4j.base.Deadline;
import io.mha4j.lab.address.Route;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.check.Equality;
import io.mha4j.lab.check.LossClaim;
import io.mha4j.lab.check.WriteCheck;
import io.mha4j.lab.check.WriteComparison;
import io.mha4j.lab.load.Write.RowKey;
import io.mha4j.lab.script.Condition;
import io.mha4j.lab.script.Condition.HostTrait;
import io.mha4j.lab.script.Condition.TextTest;
import io.mha4j.lab.script.Hosts;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Replication.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Looks once whether a condition holds. A server that cannot be asked is an exception: it is neither yes nor no. */
final class Looker implements Condition.Cases<Seen> {
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);

    private final Stage stage;
    private final Map<Path, Integer> marks = new HashMap<>();

    Looker(Stage stage) {
        this.stage = stage;
    }

    @Override
    public Seen exit(Condition.Exit condition) {
        int code = stage.commands().last().exitCode().orElseThrow();
        return Seen.forGood(condition.code().admits(code), "the exit code is " + code);
    }

    @Override
    public Seen output(Condition.Output condition) {
        String output = stage.commands().last().output();
        return Seen.forGood(passes(condition.test(), output), "the output is\n" + output);
    }

    @Override
    public Seen commandExits(Condition.CommandExits condition) {
        Deadline deadline = stage.deadline().atMost(COMMAND_LIMIT);
        int code = stage.commands().tryRun(stage.names().text(condition.command()), deadline);
        return Seen.of(condition.code().admits(code), "its exit code is " + code);
    }

    @Override
    public Seen fileSays(Condition.FileSays condition) {
        Path file = path(condition.path());
        if (!Files.exists(file)) {
            return Seen.of(false, file + " does not exist");
        }
        if (condition.test().isEmpty()) {
            return Seen.of(true, file + " exists");
        }
        String text = textOf(file).substring(marks.getOrDefault(file, 0));
        return Seen.of(passes(condition.test().get(), text), file + " has\n" + text);
    }

    /** What the file holds now is looked at no more. */
    void mark(String raw) {
        Path file = path(raw);
        marks.put(file, textOf(file).length());
    }

    private Path path(String raw) {
        return stage.work().resolve(stage.names().text(raw));
    }

    private static String textOf(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Seen programRuns(Condition.ProgramRuns condition) {
        Optional<Integer> exit =
                stage.commands().background(condition.program()).exitCode();
        String what = exit.map(code -> "it ended with " + code).orElse("it is running");
        return new Seen(exit.isEmpty() == condition.running(), exit.isPresent(), what);
    }

    @Override
    public Seen programExits(Condition.ProgramExits condition) {
        Optional<Integer> exit =
                stage.commands().background(condition.program()).exitCode();
        return exit.map(code -> Seen.forGood(condition.code().admits(code), "it ended with " + code))
                .orElse(Seen.of(false, "it is running"));
    }

    @Override
    public Seen programOutput(Condition.ProgramOutput condition) {
        ProgramRun program = stage.commands().background(condition.program());
        boolean running = program.running();
        String output = program.output();
        return new Seen(passes(condition.test(), output), !running, "its output is\n" + output);
    }

    @Override
    public Seen hostIs(Condition.HostIs condition) {
        return each(stage.names().servers(condition.hosts()), server -> is(server, condition.trait()));
    }

    private static Seen is(LabServer server, HostTrait trait) {
        return switch (trait) {
            case UP -> Seen.of(answers(server), "process " + (server.running() ? "there" : "gone"));
            case DOWN -> Seen.of(!server.running(), "process " + (server.running() ? "there" : "gone"));
            case READ_ONLY -> readOnly(server, "1");
            case WRITABLE -> readOnly(server, "0");
            case DETACHED ->
                replication(
                        server, status -> status.filter(s -> !s.isForgotten()).isEmpty());
            case IO_RUNNING ->
                replication(server, status -> status.filter(Status::receiving).isPresent());
            case IO_STOPPED ->
                replication(server, status -> status.filter(Status::receiving).isEmpty());
            case SQL_RUNNING ->
                replication(server, status -> status.filter(Status::applying).isPresent());
            case SQL_STOPPED ->
                replication(server, status -> status.filter(Status::applying).isEmpty());
        };
    }

    private static boolean answers(LabServer server) {
        try {
            return server.running() && server.value("SELECT 1").isPresent();
        } catch (LabException e) {
            return false;
        }
    }

    private static Seen readOnly(LabServer server, String wanted) {
        String value = server.value("SELECT @@global.read_only").orElse("NULL");
        return Seen.of(value.equals(wanted), "read_only is " + value);
    }

    private static Seen replication(LabServer server, Function<Optional<Status>, Boolean> rule) {
        Optional<Status> status = Replication.of(server).status();
        return Seen.of(rule.apply(status), status.map(Status::toString).orElse("no replica"));
    }

    @Override
    public Seen follows(Condition.Follows condition) {
        LabServer source = stage.names().server(condition.source());
        String address = source.host() + ":" + source.port();
        return each(
                stage.names().servers(condition.hosts()),
                server -> replication(server, status -> status.filter(s -> condition.running()
                                ? s.follows(source)
                                : s.source().equals(address))
                        .isPresent()));
    }

    @Override
    public Seen rows(Condition.Rows condition) {
        String wanted = Long.toString(condition.rows());
        return each(
                stage.names().servers(condition.hosts()),
                server -> value(server, "SELECT COUNT(*) FROM test.t1", wanted));
    }

    @Override
    public Seen answers(Condition.Answers condition) {
        String query = stage.names().text(condition.query());
        String wanted = stage.names().text(condition.value());
        return each(stage.names().servers(condition.hosts()), server -> value(server, query, wanted));
    }

    private static Seen value(LabServer server, String query, String wanted) {
        String value = server.value(query).orElse("NULL");
        return Seen.of(value.equals(wanted), "the answer is " + value);
    }

    @Override
    public Seen equal(Condition.Equal condition) {
        Equality equality = Equality.of(stage.names().servers(condition.hosts()));
        return Seen.of(equality.holds(), equality.sentence());
    }

    @Override
    public Seen writesOn(Condition.WritesOn condition) {
        if (stage.load().running()) {
            throw new CaseFailed("the load is still running; stop it before its writes are counted");
        }
        WriteComparison found =
                WriteCheck.compare(stage.load().record(), stage.names().server(condition.host()));
        List<RowKey> keys =
                switch (condition.finding()) {
                    case LOST -> found.lost();
                    case DUPLICATED -> found.duplicated();
                    case UNEXPECTED -> found.unexpected();
                };
        return Seen.of(keys.size() == condition.count(), found.sentence());
    }

    private WriteComparison compare(Hosts host) {
        if (stage.load().running()) {
            throw new CaseFailed("the load is still running; stop it before its writes are counted");
        }
        return WriteCheck.compare(stage.load().record(), stage.names().server(host));
    }

    @Override
    public Seen verdictTrue(Condition.VerdictTrue condition) {
        Path file = path(condition.path());
        if (!Files.exists(file)) {
            return Seen.of(false, file + " does not exist");
        }
        WriteComparison found = compare(condition.host());
        Optional<LossClaim> claim = LossClaim.in(textOf(file).lines().toList());
        return claim.map(said -> Seen.of(said.agreesWith(found), said.line() + " - but: " + found.sentence()))
                .orElse(Seen.of(false, file + " states no verdict"));
    }

    @Override
    public Seen oneWriter(Condition.OneWriter condition) {
        Optional<String> two = stage.observer().twoAtOnce();
        return two.map(both -> Seen.forGood(false, "both took writes at the same time: " + both))
                .orElseGet(() -> Seen.of(true, "no two servers took writes at the same time"));
    }

    @Override
    public Seen noWriterBelow(Condition.NoWriterBelow condition) {
        Duration gap = stage.observer().longestGap();
        return Seen.of(gap.compareTo(condition.limit()) < 0, "no server took writes for " + gap.toMillis() + " ms");
    }

    @Override
    public Seen downtimeBelow(Condition.DowntimeBelow condition) {
        Optional<Duration> downtime = stage.load().downtime();
        boolean below =
                downtime.filter(time -> time.compareTo(condition.limit()) < 0).isPresent();
        return Seen.of(below, stage.load().figures());
    }

    @Override
    public Seen acknowledged(Condition.Acknowledged condition) {
        int count = stage.load().record().acknowledged().size();
        return Seen.of(count >= condition.atLeast(), count + " are acknowledged");
    }

    @Override
    public Seen addressAt(Condition.AddressAt condition) {
        Optional<Route.Target> target = stage.address().target();
        Optional<Route.Target> wanted = condition
                .host()
                .map(host -> stage.names().server(host))
                .map(server -> new Route.Target(server.host(), server.port()));
        return Seen.of(
                target.equals(wanted),
                "it leads to " + target.map(Route.Target::toString).orElse("nobody"));
    }

    @Override
    public Seen noProcessLeft(Condition.NoProcessLeft condition) {
        List<String> left = OtherProcesses.beside(stage.tree());
        return Seen.of(left.isEmpty(), "there are " + left);
    }

    private boolean passes(TextTest test, String text) {
        if (test instanceof TextTest.Matches matches) {
            return stage.names().pattern(matches.pattern()).matcher(text).find();
        }
        return text.contains(stage.names().text(((TextTest.Contains) test).text()));
    }

    /** All must hold; the first that does not is what was seen. */
    private static Seen each(List<LabServer> servers, Function<LabServer, Seen> look) {
        StringBuilder all = new StringBuilder();
        for (LabServer server : servers) {
            Seen seen = look.apply(server);
            if (!seen.holds()) {
                return Seen.of(false, server + ": " + seen.what());
            }
            all.append(all.isEmpty() ? "" : "; ").append(server).append(": ").append(seen.what());
        }
        return Seen.of(true, all.toString());
    }
}
