package io.mha4j.decision.check;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerVersion;
import io.mha4j.topology.details.ReplAccount;
import io.mha4j.topology.details.SqlDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether we may do what a failover needs, and whether replicas could log in to each candidate, and to the source. */
final class AccountChecks {
    private final CheckFacts facts;

    private AccountChecks(CheckFacts facts) {
        this.facts = facts;
    }

    static List<CheckFinding> findings(CheckFacts facts) {
        AccountChecks checks = new AccountChecks(facts);
        List<CheckFinding> findings = new ArrayList<>();
        facts.tree().sourceFacts().ifPresent(f -> {
            checks.privileges(facts.tree().source(), f.version()).ifPresent(findings::add);
            checks.unseen(facts.tree().source(), f.version()).ifPresent(findings::add);
        });
        for (Replica replica : facts.tree().allReplicas()) {
            checks.privileges(replica.id(), replica.facts().version()).ifPresent(findings::add);
            checks.unseen(replica.id(), replica.facts().version()).ifPresent(findings::add);
            checks.replAccount(replica).ifPresent(findings::add);
            checks.coldCache(replica).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<CheckFinding> privileges(ServerId id, ServerVersion version) {
        List<Privileges.Need> needs = new ArrayList<>(Privileges.of(version));
        if (isLevelled(id) && followsNoFeed(id)) {
            needs.addAll(Privileges.overSql(version));
        }
        List<Privileges.Need> missing = missing(id, needs);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(CheckFinding.of(
                Check.ACCOUNT,
                id,
                "The account '%s' lacks %s on %s (needed for %s)."
                        .formatted(user(id), names(missing), id, purposes(missing, "; ")),
                grant(id, missing)));
    }

    /**
     * Whether a failover may come to give it what was rescued: by GTID only to the new source, from which the others have it; by
     * position to all that are not delayed on purpose.
     */
    private boolean isLevelled(ServerId id) {
        if (facts.tree().mode().usesGtids()) {
            return TreeChecks.heirs(facts).contains(id);
        }
        boolean delayedToo = facts.app().of(id).levelling().delayedToo();
        return facts.tree()
                .replica(id)
                .filter(r -> delayedToo || r.status().delay().isZero())
                .isPresent();
    }

    /** By what is known before. */
    private boolean followsNoFeed(ServerId id) {
        boolean noPassword =
                facts.app().of(facts.tree().source()).mysql().replPassword().isEmpty();
        boolean noWay = facts.host(id).feedProblem().isPresent()
                && facts.app().of(id).levelling().feedAddress().isEmpty();
        return noPassword || noWay;
    }

    /** A server shows nothing instead of refusing, so that nobody would miss what we may not see. */
    private Optional<CheckFinding> unseen(ServerId id, ServerVersion version) {
        List<Privileges.Need> missing = missing(id, Privileges.toSee(version));
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(CheckFinding.of(
                Check.UNKNOWN,
                id,
                "The account '%s' lacks %s on %s; %s cannot be told."
                        .formatted(user(id), names(missing), id, purposes(missing, " and ")),
                grant(id, missing)));
    }

    /** Which of these we may not do there; none where it did not say. */
    private List<Privileges.Need> missing(ServerId id, List<Privileges.Need> needs) {
        Optional<SqlDetails> details = facts.server(id);
        return needs.stream()
                .filter(need -> details.isPresent() && !details.get().grants().anyOf(need.includes()))
                .toList();
    }

    private static String names(List<Privileges.Need> needs) {
        return needs.stream().map(Privileges.Need::name).collect(Collectors.joining(", "));
    }

    private static String purposes(List<Privileges.Need> needs, String between) {
        return needs.stream().map(Privileges.Need::purpose).distinct().collect(Collectors.joining(between));
    }

    private String grant(ServerId id, List<Privileges.Need> needs) {
        return "GRANT %s ON *.* TO '%s'@'<manager>' there.".formatted(names(needs), user(id));
    }

    private String user(ServerId id) {
        return facts.app().of(id).mysql().user();
    }

    /** As in MHA, of replicas that have a binary log and are not barred. */
    private Optional<CheckFinding> replAccount(Replica replica) {
        ServerSettings settings = facts.app().of(replica.id());
        if (replica.facts().binlog().isEmpty() || settings.roles().barred()) {
            return Optional.empty();
        }
        return facts.server(replica.id()).map(SqlDetails::replAccount).flatMap(a -> replAccount(replica.id(), a));
    }

    private static Optional<CheckFinding> replAccount(ServerId id, ReplAccount account) {
        String user = account.user();
        return switch (account.outcome()) {
            case FIT -> Optional.empty();
            case MISSING ->
                Optional.of(CheckFinding.of(
                        Check.REPL_ACCOUNT,
                        id,
                        "%s has no account '%s' for its replicas, so none could follow it as the new master."
                                .formatted(id, user),
                        "Create it there: CREATE USER '%s'@'<replicas>' IDENTIFIED BY '<password>'; GRANT REPLICATION SLAVE ON *.* TO '%s'@'<replicas>'."
                                .formatted(user, user)));
            case NO_PRIVILEGE ->
                Optional.of(CheckFinding.of(
                        Check.REPL_ACCOUNT,
                        id,
                        "User %s does not exist or does not have REPLICATION SLAVE privilege on %s! Other slaves can not start replication from this host."
                                .formatted(user, id),
                        "GRANT REPLICATION SLAVE ON *.* TO '%s'@'<replicas>' there.".formatted(user)));
            case WRONG_PASSWORD ->
                Optional.of(CheckFinding.of(
                        Check.REPL_ACCOUNT,
                        id,
                        "%s refuses the account '%s' with the configured repl_password (%s)."
                                .formatted(id, user, account.why()),
                        "Correct repl_user and repl_password, or the password there."));
            case NOT_LET_IN ->
                Optional.of(CheckFinding.of(
                        Check.REPL_ACCOUNT,
                        id,
                        "%s does not let the account '%s' in (%s), so no replica could follow it as the new master."
                                .formatted(id, user, account.why()),
                        "Mend there what it names."));
            case UNKNOWN ->
                Optional.of(CheckFinding.of(
                        Check.UNKNOWN,
                        id,
                        "Whether replicas could log in to %s cannot be told%s."
                                .formatted(id, account.why().isEmpty() ? "" : " (" + account.why() + ")"),
                        "Set repl_user and repl_password, or GRANT SELECT ON mysql.user to our account there."));
        };
    }

    private Optional<CheckFinding> coldCache(Replica replica) {
        Optional<SqlDetails> own = facts.server(replica.id()).filter(SqlDetails::keylessReplica);
        boolean needsKey = facts.server(facts.tree().source())
                .map(SqlDetails::replAccount)
                .filter(a ->
                        Stream.of("caching_sha2_password", "sha256_password").anyMatch(a.plugin()::equals))
                .isPresent();
        if (own.isEmpty() || !needsKey) {
            return Optional.empty();
        }
        ServerFacts server = replica.facts();
        boolean newWords = server.version().isMysqlFrom(8, 0, 23);
        String cure = newWords
                ? "STOP REPLICA IO_THREAD; CHANGE REPLICATION SOURCE TO GET_SOURCE_PUBLIC_KEY=1; START REPLICA IO_THREAD there, or use TLS."
                : "STOP SLAVE IO_THREAD; CHANGE MASTER TO GET_MASTER_PUBLIC_KEY=1; START SLAVE IO_THREAD there, or use TLS.";
        return Optional.of(CheckFinding.of(
                Check.COLD_CACHE,
                replica.id(),
                "%s replicates with the account '%s', whose password it can send neither over TLS nor with the source's public key; it cannot log in again after a restart of its source."
                        .formatted(replica.id(), replica.status().user()),
                cure));
    }
}
