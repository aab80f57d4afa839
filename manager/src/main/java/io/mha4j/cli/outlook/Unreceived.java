package io.mha4j.cli.outlook;

import io.mha4j.base.Plural;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ServerFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a look found on the master and on no replica: lost if the master's host died too. What is on its way at that moment is among it.
 *
 * @param transactions where all of them follow by GTID
 * @param bytes        of the master's binary log; absent where the one that has read furthest is at an earlier file
 */
public record Unreceived(Optional<Long> transactions, Optional<Long> bytes) {
    /** Nothing is known of it. */
    static final Unreceived UNKNOWN = new Unreceived(Optional.empty(), Optional.empty());

    static Unreceived of(FailoverFacts facts) {
        return facts.lastSource()
                .map(source -> new Unreceived(transactions(facts, source), bytes(facts, source)))
                .orElse(UNKNOWN);
    }

    private static Optional<Long> transactions(FailoverFacts facts, ServerFacts source) {
        List<Replica> replicas = facts.tree().replicas();
        if (!facts.tree().mode().usesGtids() || replicas.isEmpty()) {
            return Optional.empty();
        }
        Optional<Gtids> received = replicas.stream()
                .flatMap(r ->
                        Stream.of(r.facts().executed(), r.status().retrieved()).flatMap(Optional::stream))
                .reduce(Gtids::union);
        return received.flatMap(r -> source.executed().map(all -> Gtids.count(Gtids.minus(all, r), r)));
    }

    private static Optional<Long> bytes(FailoverFacts facts, ServerFacts source) {
        Optional<BinlogPosition> furthest = facts.tree().replicas().stream()
                .flatMap(r -> r.status().read().stream())
                .max(Comparator.naturalOrder());
        return source.binlog().map(ServerFacts.OwnBinlog::end).flatMap(end -> furthest.filter(
                        f -> f.compareTo(end) > 0 || f.file().equals(end.file()))
                .map(f -> f.compareTo(end) > 0 ? 0 : end.offset() - f.offset()));
    }

    /** Whether all that was there is on a replica. */
    private boolean isNothing() {
        return transactions.or(() -> bytes).filter(n -> n == 0).isPresent();
    }

    /** One clause. */
    String sentence() {
        if (isNothing()) {
            return "nothing";
        }
        List<String> amounts = Stream.of(
                        transactions.map(n -> Plural.of(n, "transaction")),
                        bytes.filter(n -> n > 0).map(n -> Plural.of(n, "byte") + " of binary log"))
                .flatMap(Optional::stream)
                .toList();
        return amounts.isEmpty() ? "an amount of binary log that is not known" : String.join(", ", amounts);
    }
}
