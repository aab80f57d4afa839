package io.mha4j.lab.tree;

import io.mha4j.base.InterruptedWork;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.host.LoopbackHost;
import io.mha4j.lab.host.SshKeys;
import io.mha4j.lab.server.Installation;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.Machine;
import io.mha4j.lab.server.ServerSpec;
import io.mha4j.lab.server.ServerStore;
import io.mha4j.lab.wire.Namespace;
import io.mha4j.lab.wire.NamespaceHost;
import io.mha4j.lab.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A running replication tree. The first host is the source, the others are replicas with {@code read_only=1}; table
 * {@code test.t1(id, value, value2)} has one row. Its files lie below the work folder, one folder for each host.
 */
public final class Tree implements AutoCloseable {
    private static final int STARTED_AT_ONCE = 2;

    /** Of hosts with addresses of their own. */
    private static final int MYSQL_PORT = 3306;

    private static final Duration FIRST_SYNC = Duration.ofSeconds(60);

    private final TreeSpec spec;
    private final List<LabHost> hosts;
    private final Path workDir;
    private final SshKeys loginKey;
    private final List<Namespace> namespaces;

    /** Hosts, and the namespaces that they run in, if they do. */
    private record Made(List<LabHost> hosts, List<Namespace> namespaces) {}

    private Tree(TreeSpec spec, Made made, Path workDir, SshKeys loginKey) {
        this.spec = spec;
        this.hosts = List.copyOf(made.hosts());
        this.namespaces = List.copyOf(made.namespaces());
        this.workDir = workDir;
        this.loginKey = loginKey;
    }

    /** Starts a tree with servers of the default cache below {@code workDir}; returns once all replicas are equal. */
    public static Tree start(TreeSpec spec, Path workDir) {
        return start(spec, workDir, ServerStore.of(System.getenv(), System.err));
    }

    /** The same with servers of {@code store}. */
    public static Tree start(TreeSpec spec, Path workDir, ServerStore store) {
        Installation installation = store.installation(spec.kind());
        Path folder = Folders.make(workDir.toAbsolutePath());
        SshKeys loginKey = SshKeys.generate(folder.resolve("lab_key"));
        Tree tree = new Tree(spec, makeHosts(spec, installation, folder, loginKey), folder, loginKey);
        try {
            tree.startHosts();
            tree.connect();
            tree.fill();
            return tree;
        } catch (RuntimeException e) {
            tree.close();
            throw e;
        }
    }

    private static Made makeHosts(TreeSpec spec, Installation installation, Path folder, SshKeys loginKey) {
        Made made =
                switch (spec.place()) {
                    case LOOPBACK -> onLoopback(spec, installation, folder, loginKey);
                    case NAMESPACES -> inNamespaces(spec, installation, folder, loginKey);
                };
        Folders.make(folder.resolve("manager"));
        return made;
    }

    private static Made onLoopback(TreeSpec spec, Installation installation, Path folder, SshKeys loginKey) {
        List<String> addresses = Ports.addresses(spec.servers());
        Ports ports = Ports.freeAt(addresses);
        List<LabHost> hosts = new ArrayList<>();
        for (int number = 1; number <= spec.servers(); number++) {
            String address = addresses.get(number - 1);
            Path own = ownFolder(folder, number);
            ServerSpec server = serverSpec(spec, number, address, ports.mysql());
            hosts.add(new LabHost(
                    LabServer.create(installation, server, own, Machine.THIS),
                    own,
                    new LoopbackHost(address, ports.ssh(), loginKey, own)));
        }
        return new Made(hosts, List.of());
    }

    private static Made inNamespaces(TreeSpec spec, Installation installation, Path folder, SshKeys loginKey) {
        List<String> addresses = Wire.addresses(spec.servers());
        List<LabHost> hosts = new ArrayList<>();
        List<Namespace> namespaces = new ArrayList<>();
        for (int number = 1; number <= spec.servers(); number++) {
            String address = addresses.get(number - 1);
            Path own = ownFolder(folder, number);
            Namespace namespace = new Namespace("server" + number, address, own);
            namespaces.add(namespace);
            // The clients' address comes and goes while the server runs.
            ServerSpec server = serverSpec(spec, number, address, MYSQL_PORT).with("bind-address", "0.0.0.0");
            hosts.add(new LabHost(
                    LabServer.create(installation, server, own, namespace),
                    own,
                    new NamespaceHost(namespace, loginKey)));
        }
        return new Made(hosts, namespaces);
    }

    private static ServerSpec serverSpec(TreeSpec spec, int number, String address, int port) {
        ServerSpec.Logging logging = new ServerSpec.Logging(spec.format(), spec.gtid());
        return new ServerSpec(number, address, port, Optional.of(logging), options(spec, number));
    }

    private static Path ownFolder(Path folder, int number) {
        Path own = folder.resolve("server" + number);
        Folders.make(own.resolve("work"));
        return own;
    }

    private static Map<String, String> options(TreeSpec spec, int number) {
        Map<String, String> options = new LinkedHashMap<>();
        if (number > 1) {
            options.put("read_only", "1");
        }
        options.putAll(spec.options().getOrDefault(0, Map.of()));
        options.putAll(spec.options().getOrDefault(number, Map.of()));
        return options;
    }

    private void startHosts() {
        ExecutorService starters = Executors.newFixedThreadPool(STARTED_AT_ONCE);
        try {
            List<Future<?>> starts = new ArrayList<>();
            for (LabHost host : hosts) {
                starts.add(starters.submit(host::start));
            }
            for (Future<?> start : starts) {
                start.get();
            }
        } catch (InterruptedException e) {
            throw InterruptedWork.during("starting the tree", e);
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            throw new LabException("the tree did not start: " + cause.getMessage(), cause);
        } finally {
            starters.shutdownNow();
        }
    }

    private void connect() {
        List<LabServer> replicas = replicas();
        for (LabServer replica : replicas) {
            boolean lowest = spec.shape() == TreeSpec.Shape.TIER && replica.equals(replicas.get(replicas.size() - 1));
            follow(replica, lowest ? replicas.get(0) : source());
        }
        if (spec.shape() == TreeSpec.Shape.DUAL) {
            LabServer dual = source();
            follow(dual, replicas.get(0));
        }
    }

    /** Nothing is in the binary logs yet, so the end of a source's log is where its replica begins. */
    private void follow(LabServer replica, LabServer source) {
        Replication replication = Replication.of(replica);
        if (spec.gtid()) {
            replication.followByGtid(source);
        } else {
            BinlogPosition start = Replication.of(source).end();
            replication.follow(source, start);
        }
        replication.start();
    }

    private void fill() {
        source().sql(
                        "CREATE DATABASE test",
                        "CREATE TABLE test.t1 (id INT PRIMARY KEY, value INT, value2 TEXT) ENGINE=InnoDB",
                        "INSERT INTO test.t1 VALUES (1, 100, 'first')");
        awaitReplicated(FIRST_SYNC);
    }

    public TreeSpec spec() {
        return spec;
    }

    /** The server that was the source when the tree started, whatever it is now. */
    public LabServer source() {
        return hosts.get(0).server();
    }

    /** The servers that were replicas when the tree started, in order. */
    public List<LabServer> replicas() {
        return hosts.stream().skip(1).map(LabHost::server).toList();
    }

    /** All hosts, the source's first; the Nth is section {@code serverN} of the application file. */
    public List<LabHost> hosts() {
        return hosts;
    }

    /** The hosts' namespaces, in the order of {@link #hosts}; empty for loopback addresses. */
    public List<Namespace> namespaces() {
        return namespaces;
    }

    public Path workDir() {
        return workDir;
    }

    /** The private key that every host's SSH lets in. */
    public Path loginKey() {
        return loginKey.privateFile();
    }

    /**
     * Waits until every replica of the original tree has executed what is in the source's binary log now.
     *
     * @throws LabException naming the first replica that has not in time
     */
    public void awaitReplicated(Duration limit) {
        List<LabServer> replicas = replicas();
        int direct = spec.shape() == TreeSpec.Shape.TIER ? replicas.size() - 1 : replicas.size();
        replicas.stream().limit(direct).forEach(r -> Replication.of(r).awaitCaughtUp(source(), limit));
        replicas.stream().skip(direct).forEach(r -> Replication.of(r).awaitCaughtUp(replicas.get(0), limit));
    }

    /**
     * Writes an application file for the manager.
     *
     * @param defaults  keys of {@code [server default]}, winning over the lab's own
     * @param perServer keys by section: {@code server1} and on win over the lab's own, other sections are added
     */
    public void writeConfig(Path file, Map<String, String> defaults, Map<String, Map<String, String>> perServer) {
        new AppFile(hosts, loginKey(), workDir).write(file, defaults, perServer);
    }

    /** Kills all servers and SSH endpoints; the files stay. */
    @Override
    public void close() {
        hosts.forEach(LabHost::close);
    }
}
