package io.mha4j.decision.check;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.details.SqlDetails;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What living servers said about themselves, held against each other. */
final class ServerChecks {
    /** Servers tell whole seconds, and an answer takes its time. */
    private static final Duration TOLERATED_SKEW = Duration.ofSeconds(5);

    private final CheckFacts facts;
    private final List<CheckFinding> findings = new ArrayList<>();

    private ServerChecks(CheckFacts facts) {
        this.facts = facts;
    }

    static List<CheckFinding> findings(CheckFacts facts) {
        return new ServerChecks(facts).all();
    }

    private List<CheckFinding> all() {
        ManagedTree tree = facts.tree();
        tree.sourceFacts().ifPresent(source -> {
            semiSync(source);
            each(tree.source(), source);
        });
        for (Replica replica : tree.allReplicas()) {
            errant(replica);
            packetSize(replica);
            events(replica);
            each(replica.id(), replica.facts());
        }
        return findings;
    }

    private void each(ServerId id, ServerFacts server) {
        facts.server(id).ifPresent(details -> {
            durability(id, server, details);
            clock(id, details);
            superUsers(id, details);
        });
    }

    /** The sweep saw the replica before the details saw the source, so what the source lacks was never its own. */
    private void errant(Replica replica) {
        Optional<Gtids> source = facts.server(facts.tree().source()).flatMap(SqlDetails::executed);
        Optional<Gtids> own = replica.facts().executed();
        if (source.isEmpty()
                || own.isEmpty()
                || source.get().getClass() != own.get().getClass()) {
            return;
        }
        String extra = beyond(replica.facts(), own.get(), source.get());
        if (!extra.isEmpty()) {
            find(
                    Check.ERRANT,
                    replica.id(),
                    "%s has executed transactions that its source lacks: %s.".formatted(replica.id(), extra),
                    "Look what they changed (mysqlbinlog --include-gtids), then bring them to the source by empty transactions with these GTIDs, or rebuild the replica.");
        }
    }

    private static String beyond(ServerFacts replica, Gtids own, Gtids source) {
        if (own instanceof GtidSet set && source instanceof GtidSet all) {
            return set.minus(all).toString();
        }
        boolean wroteSome = replica.written(own)
                .filter(written -> !Gtids.minus(written, source).isEmpty())
                .isPresent();
        return source.covers(own) && !wroteSome ? "" : own + ", while the source is at " + source;
    }

    private void packetSize(Replica replica) {
        OptionalLong source = number(facts.tree().source(), "max_allowed_packet");
        OptionalLong own = number(replica.id(), "max_allowed_packet");
        if (source.isPresent() && own.isPresent() && own.getAsLong() < source.getAsLong()) {
            find(
                    Check.PACKET_SIZE,
                    replica.id(),
                    "max_allowed_packet of %s is %d, less than its source's %d; as new master it would refuse clients what they could do before."
                            .formatted(replica.id(), own.getAsLong(), source.getAsLong()),
                    "SET GLOBAL max_allowed_packet=%d there, and in its configuration file."
                            .formatted(source.getAsLong()));
        }
    }

    private OptionalLong number(ServerId id, String name) {
        return facts.server(id).map(d -> d.number(name)).orElse(OptionalLong.empty());
    }

    private void events(Replica replica) {
        long enabled = facts.server(replica.id()).map(SqlDetails::events).orElse(0L);
        if (enabled > 0 && replica.facts().eventScheduler().equals("ON")) {
            find(
                    Check.EVENT_SCHEDULER,
                    replica.id(),
                    "%s is a replica and runs %d event(s) of its own, which write what its source does not have."
                            .formatted(replica.id(), enabled),
                    "SET GLOBAL event_scheduler=OFF there, or ALTER EVENT ... DISABLE ON SLAVE.");
        }
    }

    private void semiSync(ServerFacts source) {
        boolean acknowledged = source.semiSync().sourceEnabled()
                && facts.tree().allReplicas().stream()
                        .anyMatch(r -> r.facts().semiSync().replicaActive());
        if (!acknowledged) {
            find(
                    Check.SEMI_SYNC,
                    facts.tree().source(),
                    "Semi-synchronous replication does not work between %s and its replicas%s; what is committed while its host dies is lost unless its disk can be read."
                            .formatted(
                                    facts.tree().source(),
                                    source.semiSync().known() ? "" : " (its plugin is not installed)"),
                    "Install and enable it on the source and on at least one replica.");
        }
    }

    private void durability(ServerId id, ServerFacts server, SqlDetails details) {
        List<String> weak = new ArrayList<>();
        if (server.binlog().isPresent() && differs(details, "sync_binlog")) {
            weak.add("sync_binlog=1");
        }
        if (differs(details, "innodb_flush_log_at_trx_commit")) {
            weak.add("innodb_flush_log_at_trx_commit=1");
        }
        if (!weak.isEmpty()) {
            String settings = String.join(", ", weak);
            find(
                    Check.DURABILITY,
                    id,
                    "%s does not have %s: a crash of its host may lose transactions that replicas have, or the other way round."
                            .formatted(id, settings),
                    "SET GLOBAL %s there, and in its configuration file.".formatted(settings));
        }
    }

    private static boolean differs(SqlDetails details, String name) {
        return details.text(name).filter(v -> !v.equals("1")).isPresent();
    }

    private void clock(ServerId id, SqlDetails details) {
        Duration ahead = details.clockAhead();
        if (ahead.abs().compareTo(TOLERATED_SKEW) > 0) {
            find(
                    Check.CLOCK_SKEW,
                    id,
                    "The clock of %s is %d s %s the manager's; lag and times in reports will be wrong."
                            .formatted(id, ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"),
                    "Let a time service keep the clocks of all hosts.");
        }
    }

    private void superUsers(ServerId id, SqlDetails details) {
        if (!details.superUsers().isEmpty()) {
            find(
                    Check.SUPER_USERS,
                    id,
                    "read_only does not stop these accounts on %s: %s."
                            .formatted(id, String.join(", ", details.superUsers())),
                    "Take SUPER from accounts that applications use.");
        }
    }

    private void find(Check check, ServerId id, String cause, String cure) {
        findings.add(CheckFinding.of(check, id, cause, cure));
    }
}
