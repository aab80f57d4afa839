package io.mha4j.lab.fault;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.LoadSession;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Brings a scenario about on a running tree. */
public record Misfortune(Tree tree, Waiter waiter, Consumer<String> says) {
    /** Acknowledged writes that some replicas shall lack. */
    public static final int BEHIND = 300;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Ends with the fault itself, which is marked in the load's record. */
    public void befall(Scenario scenario, LoadSession load) {
        LabServer source = tree.source();
        switch (scenario) {
            case KILL9 -> kill(source, load);
            case FREEZE -> {
                says.accept("freezing the source " + name(source) + ", pid " + source.pid() + ", with SIGSTOP");
                load.markFault();
                source.freeze();
            }
            case UNRECEIVED -> {
                cutOff(tree.replicas(), load);
                kill(source, load);
            }
            case LAGGING -> {
                cutOff(List.of(tree.replicas().get(0)), load);
                kill(source, load);
            }
            case HOSTGONE -> {
                says.accept("the host of the source " + name(source) + " vanishes");
                load.markFault();
                host().hostGone();
            }
        }
    }

    /** The old source is started again, on its host. */
    public void undo(Scenario scenario) {
        if (scenario == Scenario.HOSTGONE) {
            host().hostBack();
        } else {
            tree.source().start();
        }
    }

    private LabHost host() {
        return tree.hosts().stream()
                .filter(host -> host.server().equals(tree.source()))
                .findFirst()
                .orElseThrow(() -> new LabException("the source has no host"));
    }

    private void kill(LabServer source, LoadSession load) {
        says.accept("killing the source " + name(source) + ", pid " + source.pid() + ", with SIGKILL");
        load.markFault();
        source.kill9();
    }

    private void cutOff(List<LabServer> replicas, LoadSession load) {
        for (LabServer replica : replicas) {
            says.accept("replica " + name(replica) + " stops receiving");
            Replication.of(replica).stopReceiving();
        }
        int before = load.record().acknowledged().size();
        if (!waiter.until(waiter.in(LIMIT), () -> load.record().acknowledged().size() >= before + BEHIND)) {
            throw new LabException("clients wrote less than " + BEHIND + " times in " + LIMIT.toSeconds() + " s");
        }
        says.accept("clients have written %d times since"
                .formatted(load.record().acknowledged().size() - before));
    }

    private static String name(LabServer server) {
        return server.host() + ":" + server.port();
    }
}
