package io.mha4j.execution.online;

import io.mha4j.base.ServerId;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.Snapshot;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether servers still stand where a switch that was cut off can have left them. If somebody went on by hand since, to undo
 * or finish it could make a second server writable. Judges only.
 */
public final class SwitchAftermath {
    private final OnlineJournal.Cut cut;
    private final ServerId oldSource;

    private SwitchAftermath(OnlineJournal.Cut cut) {
        this.cut = cut;
        this.oldSource = cut.facts().oldSource();
    }

    /** What one server shows that the switch did not do, as a clause; nothing if it can go on. Silent servers show nothing. */
    public static Optional<String> foreign(OnlineJournal.Cut cut, Snapshot now) {
        SwitchAftermath after = new SwitchAftermath(cut);
        Stream<String> replicas = cut.facts().tree().replicas().stream()
                .flatMap(r -> now.facts(r.id()).flatMap(f -> after.foreign(r, f)).stream());
        Stream<String> source = now.facts(after.oldSource).flatMap(after::foreignSource).stream();
        return Stream.concat(source, replicas).findFirst();
    }

    /** It may follow the new source, if the switch came so far. */
    private Optional<String> foreignSource(ServerFacts now) {
        return now.replication().stream()
                .filter(ReplicaStatus::follows)
                .filter(s -> !hadChannel(s) && !(cut.opened() && s.pointsTo(cut.newSource())))
                .map(s -> oldSource + ", which was the master, replicates from " + s.source())
                .findFirst();
    }

    /** A source may itself follow another one, as in a pair of sources. */
    private boolean hadChannel(ReplicaStatus status) {
        return cut.facts().tree().sourceFacts().stream()
                .flatMap(f -> f.replication().stream())
                .anyMatch(s -> s.channel().equals(status.channel()) && s.pointsAs(status));
    }

    private Optional<String> foreign(Replica before, ServerFacts now) {
        boolean chosen = before.id().equals(cut.newSource());
        boolean mayBeOpen = chosen && cut.opening().isPresent();
        if (before.facts().readOnly() && !now.readOnly() && !mayBeOpen) {
            return Optional.of(before.id() + " takes writes");
        }
        Optional<ReplicaStatus> status = now.replication().stream()
                .filter(s -> s.channel().equals(before.status().channel()))
                .filter(ReplicaStatus::follows)
                .findFirst();
        if (mayBeOpen && status.isEmpty()) {
            // It forgot whom it followed, by us or by a script; that nobody wrote to it is proven before it is closed
            // again.
            return Optional.empty();
        }
        if (cut.opened() && status.isEmpty() && now.readOnly()) {
            // Whoever took its settings away made no master of it; all others can be brought home.
            return Optional.empty();
        }
        if (status.isEmpty() || (!mayBeOpen && promoted(before, now, status.get()))) {
            return Optional.of(before.id() + " does not replicate any more");
        }
        return status.filter(s -> !s.pointsAs(before.status()) && !s.pointsTo(oldSource))
                .filter(s -> chosen || !cut.opened() || !s.pointsTo(cut.newSource()))
                .map(s -> before.id() + " replicates from " + s.source());
    }

    /**
     * Whether it stands still and is open, where {@code read_only} was off before and so tells nothing. One that is closed may
     * just have been restarted. Until the new source is open the switch stops no replica, afterwards only those it moves.
     */
    private boolean promoted(Replica before, ServerFacts now, ReplicaStatus status) {
        return !now.readOnly() && !cut.opened() && !stopped(before.status()) && stopped(status);
    }

    private static boolean stopped(ReplicaStatus status) {
        return status.receiver().word().equals("No") && status.receiver().errorCode() == 0;
    }
}
