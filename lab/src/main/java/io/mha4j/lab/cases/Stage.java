package io.mha4j.lab.cases;

import io.mha4j.base.Deadline;
import io.mha4j.lab.address.ClientAddress;
import io.mha4j.lab.address.MovingAddress;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.load.Clocks;
import io.mha4j.lab.script.Hosts;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.stage.AppSettings;
import io.mha4j.lab.stage.Layout;
import io.mha4j.lab.stage.LoadSession;
import io.mha4j.lab.stage.WriterObserver;
import io.mha4j.lab.tree.Tree;
import io.mha4j.lab.wire.WireAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the steps of one case act on; closing it ends what they left running. */
final class Stage implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.10";

    private final Tree tree;
    private final Path work;
    private final Deadline deadline;
    private final ClientAddress address;
    private final Names names;
    private final Commands commands;
    private final LoadSession load;
    private final Sessions sessions = new Sessions();
    private Optional<WriterObserver> observer = Optional.empty();

    private Stage(Tree tree, Path work, Deadline deadline, Layout layout) {
        this.tree = tree;
        this.work = work;
        this.deadline = deadline;
        Path route = work.resolve("route");
        this.address = tree.namespaces().isEmpty()
                ? MovingAddress.open(ADDRESS, 0, route)
                : new WireAddress(tree.namespaces(), tree.source().port());
        address.pointTo(tree.source().host(), tree.source().port());
        this.load = new LoadSession(address, work.resolve("writes.txt"), Clocks.real());
        this.commands = new Commands(work, layout);
        this.names = new Names(
                tree,
                Map.of(
                        "root", layout.root().toString(),
                        "work", work.toString(),
                        "hook", layout.addressHook().toString(),
                        "route", route.toString(),
                        "ssh_key", tree.loginKey().toString(),
                        "kind", tree.spec().kind().label()));
    }

    /**
     * A stage around a running tree.
     *
     * @param work     gets everything worth keeping of a failed case
     * @param deadline of the whole case
     */
    static Stage around(Tree tree, Path work, Deadline deadline, Layout layout) {
        return new Stage(tree, work, deadline, layout);
    }

    Tree tree() {
        return tree;
    }

    Path work() {
        return work;
    }

    Deadline deadline() {
        return deadline;
    }

    ClientAddress address() {
        return address;
    }

    Names names() {
        return names;
    }

    Commands commands() {
        return commands;
    }

    LoadSession load() {
        return load;
    }

    /** From now on these servers are asked whether they take writes. */
    void observe(List<LabServer> servers) {
        if (observer.isPresent()) {
            throw new CaseFailed("servers are observed already");
        }
        observer = Optional.of(WriterObserver.of(servers, waiter()));
    }

    WriterObserver observer() {
        return observer.orElseThrow(() -> new CaseFailed("no server is observed; 'observe' comes first"));
    }

    Sessions sessions() {
        return sessions;
    }

    Waiter waiter() {
        return Waiter.real();
    }

    /** Writes the application file of a {@code config} step and defines the variable that names it. */
    void writeConfig(AppSettings settings) {
        Path file = work.resolve(settings.name() + ".cnf");
        settings.write(tree, file, work.resolve(settings.name()));
        names.define(settings.name(), file.toString());
    }

    /** Section of a host in application files. */
    List<String> sections(Hosts hosts) {
        return names.hosts(hosts).stream()
                .map(host -> "server" + (tree.hosts().indexOf(host) + 1))
                .toList();
    }

    @Override
    public void close() {
        commands.close();
        observer.ifPresent(WriterObserver::close);
        sessions.close();
        load.close();
        address.close();
    }
}
