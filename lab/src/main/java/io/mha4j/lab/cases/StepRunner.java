package io.mha4j.lab.cases;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.lab.address.Route;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.host.Direction;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.script.Condition;
import io.mha4j.lab.script.Hosts;
import io.mha4j.lab.script.Step;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.AppSettings;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.wire.Wire;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/** Carries out steps, each to its end; throws {@link CaseFailed} when one cannot be done or an expectation fails. */
final class StepRunner implements Step.Cases {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** Above every row that cases insert. */
    private static final long LAST_ROW = 10_000_003;

    private final Stage stage;
    private final Looker looker;
    private final Consumer<String> remarks;

    /** {@code remarks} gets what is worth telling besides the steps themselves. */
    StepRunner(Stage stage, Consumer<String> remarks) {
        this.stage = stage;
        this.looker = new Looker(stage);
        this.remarks = remarks;
    }

    @Override
    public void sql(Step.Sql step) {
        String[] statements =
                step.statements().stream().map(stage.names()::text).toArray(String[]::new);
        stage.names().servers(step.hosts()).forEach(server -> server.sql(statements));
    }

    @Override
    public void insert(Step.Insert step) {
        stage.names().servers(step.hosts()).forEach(server -> RowInserts.run(server, step));
    }

    @Override
    public void replication(Step.Replication step) {
        for (LabServer server : stage.names().servers(step.hosts())) {
            ReplicationVerbs.run(server, step.verb());
        }
    }

    @Override
    public void attach(Step.Attach step) {
        LabServer source = stage.names().server(step.source());
        for (LabServer server : stage.names().servers(step.hosts())) {
            ReplicationVerbs.attach(server, source, stage.tree().spec().gtid());
        }
    }

    @Override
    public void detach(Step.Detach step) {
        stage.names().servers(step.hosts()).forEach(ReplicationVerbs::detach);
    }

    @Override
    public void fault(Step.Fault step) {
        for (LabHost host : stage.names().hosts(step.hosts())) {
            switch (step.verb()) {
                case KILL, STOP, FREEZE, HOST_GONE, CUT_SSH, LOSE_SSH, CUT_SQL, CUT_SQL_TO, CUT_SQL_FROM, CUT_MANAGER ->
                    stage.load().markFault();
                case CHANGE_HOST_KEY, FORBID_FORWARDING, THAW, HOST_BACK, RESTORE_SSH, HEAL_NETWORK -> {}
            }
            inflict(host, step.verb());
        }
    }

    private static void inflict(LabHost host, Step.FaultVerb verb) {
        switch (verb) {
            case KILL -> host.server().kill9();
            case STOP -> host.server().stopCleanly(STOP_LIMIT);
            case FREEZE -> host.server().freeze();
            case THAW -> host.server().thaw();
            case HOST_GONE -> host.hostGone();
            case HOST_BACK -> host.hostBack();
            case CUT_SSH -> host.cutSsh();
            case RESTORE_SSH -> host.restoreSsh();
            case LOSE_SSH -> host.cutSshByPacketLoss(Direction.BOTH);
            case CHANGE_HOST_KEY -> host.changeHostKey();
            case FORBID_FORWARDING -> host.forbidForwarding();
            case CUT_SQL -> host.cutSql(Direction.BOTH);
            case CUT_SQL_TO -> host.cutSql(Direction.TO_HOST);
            case CUT_SQL_FROM -> host.cutSql(Direction.FROM_HOST);
            case CUT_MANAGER -> host.cutFrom(Wire.OWN);
            case HEAL_NETWORK -> host.healNetwork();
        }
    }

    @Override
    public void start(Step.Start step) {
        List<String> options = step.options().stream().map(stage.names()::text).toList();
        stage.names().servers(step.hosts()).forEach(server -> StartOptions.start(server, options));
    }

    @Override
    public void restart(Step.Restart step) {
        List<String> options = step.options().stream().map(stage.names()::text).toList();
        for (LabServer server : stage.names().servers(step.hosts())) {
            boolean replicated = Replication.of(server)
                    .status()
                    .filter(status -> status.receiving() || status.applying())
                    .isPresent();
            server.stopCleanly(STOP_LIMIT);
            StartOptions.start(server, options);
            if (replicated) {
                Replication.of(server).start();
            }
        }
    }

    @Override
    public void config(Step.Config step) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        for (Step.Setting setting : step.settings()) {
            sections.computeIfAbsent(setting.section(), name -> new LinkedHashMap<>())
                    .put(setting.key(), stage.names().text(setting.value()));
        }
        List<String> without = step.without().map(stage::sections).orElse(List.of());
        stage.writeConfig(new AppSettings(step.name(), sections, without));
    }

    @Override
    public void run(Step.Run step) {
        Deadline deadline = step.within().map(stage.deadline()::atMost).orElse(stage.deadline());
        int exit = stage.commands().run(stage.names().text(step.command()), deadline);
        remarks.accept("exit " + exit);
    }

    @Override
    public void runInBackground(Step.RunInBackground step) {
        stage.commands().runInBackground(step.name(), stage.names().text(step.command()));
    }

    @Override
    public void endProgram(Step.EndProgram step) {
        ProgramRun program = stage.commands().background(step.name());
        if (step.forcibly()) {
            program.kill();
        } else {
            program.stop(stage.deadline());
        }
    }

    @Override
    public void client(Step.Client step) {
        String statement = stage.names().text(step.statement());
        for (LabServer server : stage.names().servers(step.hosts())) {
            for (int i = 0; i < step.count(); i++) {
                stage.sessions().add(server, statement);
            }
        }
    }

    @Override
    public void endClients(Step.EndClients step) {
        stage.sessions().close();
    }

    @Override
    public void observe(Step.Observe step) {
        stage.observe(stage.names().servers(step.hosts()));
    }

    @Override
    public void shell(Step.Shell step) {
        stage.commands().shell(stage.names().text(step.command()), stage.deadline());
    }

    @Override
    public void onHosts(Step.OnHosts step) {
        List<String> argv = List.of("/bin/sh", "-c", stage.names().text(step.command()));
        stage.names().hosts(step.hosts()).forEach(host -> stage.commands()
                .mustEnd(host.inside(argv), stage.deadline()));
    }

    @Override
    public void waitUntil(Step.Wait step) {
        await(stage.deadline().atMost(step.limit()), step.until());
    }

    private void await(Deadline deadline, Step.Claim claim) {
        while (true) {
            String what;
            try {
                Seen seen = claim.condition().match(looker);
                if (seen.holds() == claim.holds()) {
                    return;
                }
                what = seen.what();
                if (seen.forGood()) {
                    throw new CaseFailed("it cannot come true any more: " + what);
                }
            } catch (LabException e) {
                // A server that does not answer yet may do so later.
                what = e.toString();
            }
            if (deadline.isOver()) {
                throw new CaseFailed("it did not come true in time: " + what);
            }
            pause();
        }
    }

    @Override
    public void expect(Step.Expect step) {
        Deadline end = step.during()
                .map(stage.deadline()::atMost)
                .orElse(stage.deadline().atMost(Duration.ZERO));
        do {
            Seen seen = step.claim().condition().match(looker);
            if (seen.holds() != step.claim().holds()) {
                throw new CaseFailed(seen.what());
            }
            if (!end.isOver()) {
                pause();
            }
        } while (!end.isOver());
    }

    @Override
    public void mark(Step.Mark step) {
        looker.mark(step.path());
    }

    private void pause() {
        try {
            stage.waiter().sleeper().sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("a case", e);
        }
    }

    @Override
    public void startLoad(Step.StartLoad step) {
        stage.load().start(behindTheAddress(), step.connections(), step.pace());
    }

    private LabServer behindTheAddress() {
        Optional<Route.Target> target = stage.address().target();
        return stage.tree().hosts().stream()
                .map(LabHost::server)
                .filter(server -> target.filter(new Route.Target(server.host(), server.port())::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new CaseFailed("no server is behind the clients' address"));
    }

    @Override
    public void endLoad(Step.EndLoad step) {
        stage.load().close();
        remarks.accept(stage.load().figures());
    }

    @Override
    public void let(Step.Let step) {
        String value = value(step.value());
        stage.names().define(step.name(), value);
        remarks.accept(step.name() + " is " + value);
    }

    private String value(Step.Value value) {
        if (value instanceof Step.Value.Answer answer) {
            return stage.names()
                    .server(answer.host())
                    .value(stage.names().text(answer.query()))
                    .orElse("NULL");
        }
        if (value instanceof Step.Value.OutputMatch match) {
            String output = stage.commands().last().output();
            Matcher matcher = stage.names().pattern(match.pattern()).matcher(output);
            if (!matcher.find()) {
                throw new CaseFailed("nothing matches in the output\n" + output);
            }
            return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
        }
        return writableHost();
    }

    private String writableHost() {
        List<String> writable = stage.tree().hosts().stream()
                .filter(host -> host.server().running())
                .filter(host -> host.server()
                        .value("SELECT @@global.read_only")
                        .filter("0"::equals)
                        .isPresent())
                .map(stage.names()::nameOf)
                .toList();
        if (writable.size() != 1) {
            throw new CaseFailed("writable are " + writable + ", not one server");
        }
        return writable.get(0);
    }

    @Override
    public void settled(Step.Settled step) {
        stage.names().server(step.host()).sql("INSERT INTO test.t1 VALUES (" + LAST_ROW + ", 1, 'last')");
        Deadline deadline = stage.deadline().atMost(SETTLE_LIMIT);
        await(deadline, new Step.Claim(true, new Condition.Rows(step.on(), step.rows())));
        Hosts all = new Hosts(step.on().names());
        await(deadline, new Step.Claim(true, new Condition.Equal(all)));
    }
}
