package io.mha4j.execution.fence;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.ServerSettings;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult.Fenced;
import io.mha4j.remote.Host;
import io.mha4j.report.EventLog;
import io.mha4j.topology.ServerFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Fences the old source, and sees that it stays away. Both may be done again at any time: what is gone already is found gone. */
public final class FenceSteps {
    /** What a look may take. */
    private static final Duration LOOK = Duration.ofSeconds(20);

    private final FailoverFacts facts;
    private final Function<ServerSettings, Host> hosts;
    private final EventLog log;
    private final Ticks ticks;
    private final Sleeper sleeper;
    private Optional<Fenced> first = Optional.empty();
    private long goneSince;

    /**
     * Fencing of one run.
     *
     * @param facts the facts at its beginning
     * @param hosts how the host of a server is reached
     */
    public FenceSteps(
            FailoverFacts facts, Function<ServerSettings, Host> hosts, EventLog log, Ticks ticks, Sleeper sleeper) {
        this.facts = facts;
        this.hosts = hosts;
        this.log = log;
        this.ticks = ticks;
        this.sleeper = sleeper;
    }

    /** @throws io.mha4j.base.CommandException if its host does not answer any more */
    public Fenced fence(Step.Fence step) {
        Fenced fenced = ending(step.server()).end();
        first = Optional.of(fenced);
        goneSince = ticks.nanos();
        return fenced;
    }

    /** @throws io.mha4j.base.CommandException if its host does not answer any more */
    public Fenced awaitFence(Step.AwaitFence step) {
        if (first.isEmpty()) {
            first = facts.progress().result(new Step.Fence(step.server()), Fenced.class);
            goneSince = ticks.nanos();
        }
        Fenced seen = first.filter(Fenced::gone).orElseGet(() -> fence(new Step.Fence(step.server())));
        Duration settle = facts.app().of(step.server()).fencing().settle();
        return new Vigil(() -> ending(step.server()), settle, ticks, sleeper).over(seen, goneSince);
    }

    private Ending ending(ServerId server) {
        ServerSettings old = facts.app().of(server);
        return new Ending(instance(old), hosts.apply(old), log, new Ending.Time(Deadline.in(LOOK, ticks), sleeper));
    }

    private Instance instance(ServerSettings old) {
        List<String> bases = facts.tree().replicas().stream()
                .flatMap(r -> r.status().read().stream())
                .map(BinlogPosition::base)
                .distinct()
                .toList();
        List<String> indexes = old.paths().binlogDirs().stream()
                .flatMap(dir -> bases.stream().map(base -> dir + "/" + base + ".index"))
                .toList();
        Optional<String> datadir = facts.lastSource().map(ServerFacts::datadir);
        boolean nameless = datadir.isEmpty() && bases.isEmpty();
        return new Instance(old.id().ip(), old.id().port(), datadir, nameless ? anyIndex(old) : indexes);
    }

    /** Where no replica says what the files are called: whose port it is, and who has one of these open, is the one. */
    private List<String> anyIndex(ServerSettings old) {
        Host host = hosts.apply(old);
        Deadline deadline = Deadline.in(LOOK, ticks);
        return old.paths().binlogDirs().stream()
                .flatMap(dir -> {
                    try {
                        return host.listDirectory(dir, deadline).stream()
                                .filter(name -> name.endsWith(".index"))
                                .map(name -> dir + "/" + name);
                    } catch (CommandException e) {
                        // Where there is none, the look itself says that it cannot tell.
                        return Stream.empty();
                    }
                })
                .toList();
    }
}
