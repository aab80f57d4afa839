package io.mha4j.lab.stepwise;

import io.mha4j.base.Deadline;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.check.Equality;
import io.mha4j.lab.check.WriteCheck;
import io.mha4j.lab.check.WriteComparison;
import io.mha4j.lab.host.Direction;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.load.Clocks;
import io.mha4j.lab.load.LoadTable;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.AppSettings;
import io.mha4j.lab.stage.LoadSession;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.stage.WriterObserver;
import io.mha4j.lab.tree.Replication;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.wire.WireAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One switch under load that is struck by one fault behind one step, and what became of it. */
final class SwitchRound {
    private static final String CONF = "app1.cnf";
    private static final int WRITES = 20;
    /** Time for what needs only a moment. */
    private static final Duration SOON = Duration.ofSeconds(60);
    /** A command may not take longer, whatever befalls it: several waits of 10 s, the way back, moving the others. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Tree tree;
    private final CommandHost commands;
    private final Path folder;
    private final SwitchStep step;
    private final SwitchFault fault;
    private final Roles roles;
    private final Waiter waiter = Waiter.real();
    private final List<SwitchEnd> ends = new ArrayList<>();

    /** On a tree in which everybody follows; {@code folder} is made. */
    SwitchRound(Tree tree, CommandHost commands, Path folder, SwitchStep step, SwitchFault fault) {
        this.tree = tree;
        this.commands = commands;
        this.folder = Folders.make(folder);
        this.step = step;
        this.fault = fault;
        this.roles = Roles.of(tree);
    }

    /**
     * What became of it.
     *
     * @param ends   of the commands, in turn; the first one was struck
     * @param millis from the fault to the end of the first
     * @param gap    the longest time in which clients could not write
     */
    record Story(List<SwitchEnd> ends, long millis, Optional<Duration> gap) {
        Story {
            ends = List.copyOf(ends);
        }
    }

    /** @throws CaseFailed if the promise was not held */
    Story run() {
        new AppSettings("app1", Map.of("server default", Map.of("vip", "10.77.0.9/24")), List.of())
                .write(tree, folder.resolve(CONF), folder.resolve("app1"));
        roles.oldSource().server().sql("DROP TABLE IF EXISTS " + LoadTable.NAME);
        List<LabServer> servers = tree.hosts().stream().map(LabHost::server).toList();
        WireAddress address =
                new WireAddress(tree.namespaces(), roles.oldSource().server().port());
        address.pointTo(roles.oldSource().address(), roles.oldSource().server().port());
        try (LoadSession load = new LoadSession(address, folder.resolve("writes.txt"), Clocks.real())) {
            load.start(roles.oldSource().server(), 1, Duration.ofMillis(25));
            awaitWrites(load, WRITES);
            try (WriterObserver observer = WriterObserver.of(servers, waiter)) {
                long millis = struck(load);
                LabServer source = settled();
                awaitWrites(load, load.record().acknowledged().size() + WRITES);
                observer.twoAtOnce().ifPresent(both -> fail("both took writes at the same time: " + both));
                Optional<Duration> gap = load.downtime();
                load.close();
                check(load, source);
                return new Story(ends, millis, gap);
            }
        }
    }

    private void awaitWrites(LoadSession load, int count) {
        boolean there =
                waiter.until(waiter.in(SOON), () -> load.record().acknowledged().size() >= count);
        expect(there, "nobody can write: " + load.record().acknowledged().size() + " of " + count + " writes");
    }

    /** Until the command has ended, or died and ended when it was called again; how long that took. */
    private long struck(LoadSession load) {
        try (ProgramRun run = commands.startHeld(folder, "switch1.out", step, switching())) {
            boolean held =
                    waiter.until(waiter.in(SOON), () -> Files.exists(folder.resolve(HeldMain.HELD)) || !run.running());
            expect(held && run.running(), "the command does not come to that step:\n" + run.output());
            load.markFault();
            long start = waiter.ticks().nanos();
            if (fault == SwitchFault.COMMAND_KILLED) {
                run.kill();
                again();
            } else {
                strike();
                Folders.write(folder.resolve(HeldMain.GO), "");
                ended(run);
            }
            long took = waiter.ticks().nanos() - start;
            expect(fault.ends(step).contains(last()), "it may end with " + fault.ends(step));
            return Duration.ofNanos(took).toMillis();
        }
    }

    private void strike() {
        LabHost victim = roles.victim(fault);
        if (fault.cuts()) {
            victim.cutFrom(CommandHost.ADDRESS, fault.mutes() ? Direction.FROM_HOST : Direction.BOTH);
        } else {
            victim.server().kill9();
        }
    }

    private List<String> switching() {
        LabServer next = roles.newSource().server();
        return List.of(
                "--master_state=alive",
                "--orig_master_is_new_slave",
                "--conf=" + folder.resolve(CONF),
                "--new_master_host=" + next.host(),
                "--new_master_port=" + next.port());
    }

    private void again() {
        command(switching());
    }

    private void command(List<String> options) {
        try (ProgramRun run = commands.start(folder, "switch" + (ends.size() + 2) + ".out", options)) {
            ended(run);
        }
    }

    private void ended(ProgramRun run) {
        Deadline limit = waiter.in(LIMIT);
        int exit = run.await(limit);
        String output = run.output();
        SwitchEnd end = SwitchEnd.of(exit, output);
        ends.add(end);
        if (end == SwitchEnd.OTHER) {
            fail("the command ended with " + exit + ":\n" + output);
        }
    }

    /** The fault is over, and what the operator is told to do is done; who is the source then. */
    private LabServer settled() {
        if (fault.cuts()) {
            roles.victim(fault).healNetwork();
        }
        boolean switched = last().switched();
        if ((fault == SwitchFault.OLD_KILLED && !switched) || (fault == SwitchFault.NEW_KILLED && switched)) {
            failOver(roles.victim(fault).server());
        } else if (fault == SwitchFault.NEW_KILLED || fault == SwitchFault.REPLICA_KILLED) {
            revive(roles.victim(fault).server());
        }
        if (last() == SwitchEnd.STUCK) {
            again();
        }
        expect(last() != SwitchEnd.STUCK, "stuck for the second time");
        List<LabServer> writable = running().stream().filter(Roles::writable).toList();
        expect(writable.size() == 1, "writable are " + writable);
        return writable.get(0);
    }

    /** Servers of the lab do not begin to replicate by themselves. */
    private static void revive(LabServer replica) {
        replica.start();
        Replication replication = Replication.of(replica);
        if (replication.status().isPresent()) {
            replication.start();
        }
    }

    private SwitchEnd last() {
        return ends.get(ends.size() - 1);
    }

    private void failOver(LabServer dead) {
        String file = "failover.out";
        List<String> options = List.of(
                "--master_state=dead",
                "--conf=" + folder.resolve(CONF),
                "--dead_master_host=" + dead.host(),
                "--dead_master_port=" + dead.port());
        try (ProgramRun run = commands.start(folder, file, options)) {
            int exit = run.await(waiter.in(LIMIT));
            expect(exit == 0, "the failover of the dead master ended with " + exit + ":\n" + run.output());
            ends.add(SwitchEnd.FAILED_OVER);
        }
    }

    private void check(LoadSession load, LabServer source) {
        WriteComparison found = WriteCheck.compare(load.record(), source);
        expect(found.lost().isEmpty() && found.duplicated().isEmpty(), found.sentence());
        List<LabServer> alike = new ArrayList<>(List.of(source));
        tree.hosts().stream()
                .map(LabHost::server)
                .filter(server -> Roles.follows(server, source))
                .forEach(alike::add);
        if (last() == SwitchEnd.DONE || last() == SwitchEnd.UNDONE) {
            boolean all = waiter.until(waiter.in(SOON), () -> Roles.healthy(running()));
            expect(all, "somebody does not follow " + source);
        }
        boolean equal = waiter.until(waiter.in(SOON), () -> Equality.of(alike).holds());
        expect(equal, "not equal:\n" + Equality.of(alike).sentence());
    }

    private List<LabServer> running() {
        return tree.hosts().stream()
                .map(LabHost::server)
                .filter(LabServer::running)
                .toList();
    }

    private void expect(boolean truth, String otherwise) {
        if (!truth) {
            fail(otherwise);
        }
    }

    private void fail(String what) {
        throw new CaseFailed(ends + " " + what);
    }
}
