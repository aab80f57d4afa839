package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerIdentity;
import io.mha4j.topology.details.SourceStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All a failover may build on: how the world was when it began, and what its own steps learned since. Plans are a
 * function of these alone, so a run that was cut and read back from its journal goes on as it would have.
 *
 * @param app          configuration
 * @param tree         the tree at the beginning, its source dead
 * @param lastSource   what the source said when the watching began, when this manager saw it
 * @param lastStatus   how far it was when it was watched last
 * @param sshReachable whether the old source's host answered over SSH when it began
 * @param wishes       what the command line asked
 * @param progress     what has been done
 */
public record FailoverFacts(
        Application app,
        ManagedTree tree,
        Optional<ServerFacts> lastSource,
        Optional<SourceStatus> lastStatus,
        boolean sshReachable,
        FailoverWishes wishes,
        Progress progress) {

    public FailoverFacts with(Progress more) {
        return new FailoverFacts(app, tree, lastSource, lastStatus, sshReachable, wishes, more);
    }

    public FailoverFacts with(FailoverWishes others) {
        return new FailoverFacts(app, tree, lastSource, lastStatus, sshReachable, others, progress);
    }

    /** What the files of the old source's binary log are called without their numbers, where anybody knows. */
    public Optional<String> baseOfLog() {
        return Stream.concat(
                        lastSource.flatMap(ServerFacts::binlog).map(ServerFacts.OwnBinlog::end).stream(),
                        tree.replicas().stream().flatMap(r -> r.status().read().stream()))
                .map(BinlogPosition::base)
                .findFirst();
    }

    /** {@code server_id} of the old source, as it or a replica said; 0 where nobody knows. */
    public long oldServerId() {
        return Stream.concat(
                        lastSource.map(ServerFacts::serverId).stream(),
                        tree.replicas().stream()
                                .map(r -> r.status().sourceIdentity().serverId()))
                .filter(id -> id != 0)
                .findFirst()
                .orElse(0L);
    }

    /** What the old source called itself, as far as it or a replica said. */
    public ServerIdentity oldIdentity() {
        return new ServerIdentity(oldServerId(), oldServerUuid());
    }

    /** {@code server_uuid} of the old source, as it or a replica said, in lower case. */
    Optional<String> oldServerUuid() {
        return Stream.concat(
                        lastSource.map(ServerIdentity::of).stream(),
                        tree.replicas().stream().map(r -> r.status().sourceIdentity()))
                .flatMap(identity -> identity.uuid().stream())
                .findFirst();
    }

    /** Whether the old source is known to have had each commit on its disk before it acknowledged it. */
    public boolean syncedEachCommit() {
        return lastSource.filter(s -> s.syncBinlog() == 1).isPresent();
    }

    /** Whether the old source's own host was within reach: at the beginning, or later, when its log was read there. */
    public boolean hostAnswered() {
        return sshReachable
                || progress.outcomes().stream()
                        .anyMatch(o -> o.step() instanceof Step.SaveTail
                                && o instanceof Outcome.Finished f
                                && f.result() instanceof StepResult.Saved tail
                                && tail.writer() != StepResult.Writer.COPIES);
    }

    ServerId oldSource() {
        return tree.source();
    }

    /** Other servers that cannot take part: missing, or with a broken applier; in section order. */
    List<ServerId> unfit() {
        return Stream.concat(
                        tree.missing().stream().map(ManagedTree.Missing::id),
                        tree.failedReplicas().stream().map(Replica::id))
                .sorted()
                .toList();
    }

    ServerSettings settings(ServerId server) {
        return app.of(server);
    }

    boolean usesGtids() {
        return tree.mode().usesGtids();
    }
}
