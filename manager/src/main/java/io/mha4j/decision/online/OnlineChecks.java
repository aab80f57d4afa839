package io.mha4j.decision.online;

import io.mha4j.base.ServerId;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.FailoverWishes.HostPort;
import io.mha4j.topology.Finding;
import io.mha4j.topology.HealthRules;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.Filters;
import io.mha4j.topology.ServerVersion;
import io.mha4j.topology.VersionRule;
import io.mha4j.topology.details.Activity;
import io.mha4j.topology.details.ReplAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What speaks against an online switch. MHA's conditions (MHA 0.58, {@code MasterRotate.pm}), and those that it does not
 * look at: open and prepared transactions, running backups, the account that replicas will log in with.
 */
public final class OnlineChecks {
    /** MHA prints as many. */
    private static final int SHOWN = 10;
    /** One that has read so long will hardly end while the read lock is waited for. */
    private static final Duration READING = Duration.ofSeconds(5);

    private final OnlineFacts facts;

    public OnlineChecks(OnlineFacts facts) {
        this.facts = facts;
    }

    /** What the servers' replication says against it. */
    public List<Objection> replication() {
        Stream<Finding> findings = Stream.of(
                        HealthRules.absences(facts.app(), facts.tree(), true),
                        HealthRules.filters(facts.app(), facts.tree()),
                        HealthRules.health(facts.tree(), facts.wishes().limits().lag()))
                .flatMap(List::stream);
        return Stream.concat(versions(), findings.filter(Finding::isError).map(Finding::sentence))
                .map(Objection::new)
                .toList();
    }

    private Stream<String> versions() {
        Stream<Optional<String>> replicas = facts.tree().allReplicas().stream()
                .map(replica -> tooOld(replica.id(), replica.facts().version()));
        return Stream.concat(Stream.of(tooOld(facts.oldSource(), facts.source().version())), replicas)
                .flatMap(Optional::stream);
    }

    private static Optional<String> tooOld(ServerId server, ServerVersion version) {
        return version.isSupported()
                ? Optional.empty()
                : Optional.of(server + " is " + version.tooOld() + "; upgrade it, or remove its section");
    }

    /** Why nobody was elected; empty if somebody was. */
    public Optional<Objection> election(Ballot ballot) {
        if (ballot.winner().isPresent()) {
            return Optional.empty();
        }
        Optional<HostPort> wanted = facts.wishes().newSource();
        return Optional.of(new Objection(wanted.map(
                        w -> "New master " + w + " was asked for, but " + unfit(w, ballot) + "; name another or none")
                .orElseGet(() -> "None of the slaves can be the new master: " + ballot.explanation())));
    }

    private String unfit(HostPort wanted, Ballot ballot) {
        ServerId source = facts.oldSource();
        if (source.host().equals(wanted.host()) && source.port() == wanted.port()) {
            return "it is the master already";
        }
        return ballot.cards().stream()
                .filter(c ->
                        c.server().host().equals(wanted.host()) && c.server().port() == wanted.port())
                .findFirst()
                .map(Ballot.Card::objections)
                .orElse("it is no living slave of " + source);
    }

    /** What the old source is busy with that would be cut off. */
    public List<Objection> oldSource(Activity activity) {
        ServerId source = facts.oldSource();
        Duration limit = facts.wishes().limits().updates().plusSeconds(1);
        List<Objection> found = new ArrayList<>();
        activity.sessions().stream()
                .filter(s -> s.mayWrite() && s.time().compareTo(limit) >= 0)
                .limit(SHOWN)
                .forEach(s -> found.add(
                        new Objection("%s runs a long update: %s; wait for its end, or raise --running_updates_limit"
                                .formatted(source, s))));
        reading(activity, limit).forEach(found::add);
        activity.transactions().stream()
                .filter(t -> t.age().compareTo(limit) >= 0)
                .limit(SHOWN)
                .forEach(t -> found.add(new Objection(
                        "%s has %s; wait for its end, end it, or raise --running_updates_limit".formatted(source, t))));
        activity.prepared().stream()
                .limit(SHOWN)
                .forEach(x ->
                        found.add(new Objection("%s has the prepared XA transaction %s; commit it or roll it back first"
                                .formatted(source, x))));
        activity.locks().stream()
                .limit(SHOWN)
                .forEach(l -> found.add(
                        new Objection("%s is locked, perhaps by a backup: %s; wait for its end".formatted(source, l))));
        return found;
    }

    /** Who keeps MySQL from closing all tables; whoever comes behind that would wait, too, for a table that is read. */
    private Stream<Objection> reading(Activity activity, Duration limit) {
        boolean closes = facts.wishes().lockTables() || facts.wishes().flushTables();
        Duration patience = limit.compareTo(READING) > 0 ? limit : READING;
        return activity.sessions().stream()
                .filter(s -> closes && !facts.source().version().isMariadb())
                .filter(s -> s.readsTables() && s.time().compareTo(patience) >= 0)
                .limit(SHOWN)
                .map(s -> new Objection(
                        "%s could not be locked while this reads tables: %s; wait for its end, end it, raise --running_updates_limit, or --skip_lock_all_tables with --flush_tables=0"
                                .formatted(facts.oldSource(), s)));
    }

    /** What the new source is busy with that would slow its opening. */
    public List<Objection> newSource(ServerId server, Activity activity) {
        Duration limit = facts.wishes().limits().statements();
        List<Objection> found = new ArrayList<>();
        activity.sessions().stream()
                .filter(s -> s.busy() && s.time().compareTo(limit) >= 0)
                .limit(SHOWN)
                .forEach(s -> found.add(
                        new Objection("%s runs a long statement: %s; wait for its end, or raise --running_seconds_limit"
                                .formatted(server, s))));
        activity.locks().stream()
                .limit(SHOWN)
                .forEach(l -> found.add(
                        new Objection("%s is locked, perhaps by a backup: %s; wait for its end".formatted(server, l))));
        return found;
    }

    /** Whether the others could log in to the new source. */
    public Optional<Objection> account(ServerId server, ReplAccount account) {
        String user = account.user();
        return switch (account.outcome()) {
            case FIT, UNKNOWN -> Optional.empty();
            case MISSING ->
                Optional.of(new Objection(
                        server + " has no account '" + user + "' for slaves to log in with; create it there"));
            case NO_PRIVILEGE ->
                Optional.of(new Objection("User " + user
                        + " does not exist or does not have REPLICATION SLAVE privilege on " + server
                        + "! Other slaves can not start replication from this host."));
            case WRONG_PASSWORD ->
                Optional.of(new Objection(server + " refuses the account '" + user
                        + "' with the configured repl_password (" + account.why() + "); correct it"));
            case NOT_LET_IN ->
                Optional.of(new Objection(
                        server + " does not let the account '" + user + "' of the slaves in (" + account.why() + ")"));
        };
    }

    /** Whether the old source, which is to become a replica, tells with which filters only when it is one. */
    public boolean filtersShowLate(Optional<Filters> own) {
        return facts.wishes().rejoin()
                && own.isEmpty()
                && facts.tree().sourceFollows().isEmpty()
                && facts.settings(facts.oldSource()).policy().checkReplFilter();
    }

    /**
     * Whether the old source can become a replica.
     *
     * @param own the filters that it would apply with; absent where it does not tell
     */
    public List<Objection> rejoining(ServerId newSource, Optional<Filters> own) {
        if (!facts.wishes().rejoin()) {
            return List.of();
        }
        List<Objection> found = new ArrayList<>();
        boolean knowsPassword = facts.settings(newSource).mysql().replPassword().isPresent();
        if (!knowsPassword && facts.tree().sourceFollows().isEmpty()) {
            found.add(new Objection("--orig_master_is_new_slave needs repl_password: " + facts.oldSource()
                    + " follows nobody yet, so it knows no password to log in to " + newSource + " with"));
        }
        HealthRules.otherFilters(
                        facts.settings(facts.oldSource()),
                        own.or(() -> facts.tree().sourceFollows().map(ReplicaStatus::filters)),
                        newSource.toString(),
                        facts.tree().replica(newSource).map(r -> r.status().filters()))
                .ifPresent(difference -> found.add(
                        new Objection("%s would apply with %s does; give both the same, or set check_repl_filter=0"
                                .formatted(facts.oldSource(), difference))));
        handMade()
                .forEach(status -> found.add(new Objection(
                        "%s was pointed at %s, which is no server of this application, and has received nothing from there; --orig_master_is_new_slave would overwrite that: RESET SLAVE ALL there first, or leave the option out"
                                .formatted(facts.oldSource(), status.source()))));
        facts.tree()
                .replica(newSource)
                .flatMap(r -> VersionRule.objection(newSource, r.facts(), facts.oldSource(), facts.source()))
                .ifPresent(why -> found.add(new Objection(why + "; leave --orig_master_is_new_slave out")));
        return found;
    }

    /** Where somebody pointed the old source; what is left of an earlier life in this tree is nobody's wish. */
    private Stream<ReplicaStatus> handMade() {
        return facts.source().replication().stream()
                .filter(c -> c.read().isEmpty()
                        && c.receiver().word().equals("No")
                        && !c.sourceHost().isBlank()
                        && facts.app().servers().stream().noneMatch(s -> c.pointsTo(s.id())));
    }
}
