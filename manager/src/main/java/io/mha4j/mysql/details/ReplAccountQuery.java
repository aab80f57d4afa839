package io.mha4j.mysql.details;

import io.mha4j.base.Deadline;
import io.mha4j.base.Secret;
import io.mha4j.config.ServerSettings;
import io.mha4j.mysql.MysqlException;
import io.mha4j.mysql.Row;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.Sql;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.details.ReplAccount;
import io.mha4j.topology.details.ReplAccount.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether replicas could log in to a server: looked up where we may, and tried where the password is known. */
final class ReplAccountQuery {
    private static final List<String> NEEDED = List.of("REPLICATION SLAVE", "REPLICATION REPLICA");
    /** ER_ACCESS_DENIED_ERROR, ER_ACCESS_DENIED_NO_PASSWORD_ERROR. */
    private static final Set<Integer> ACCESS_DENIED = Set.of(1045, 1698);
    /** ER_NOT_SUPPORTED_AUTH_MODE: the driver says so too, of a method that replicas may well know. */
    private static final int UNKNOWN_METHOD = 1251;
    /** With a smaller number it was the driver that gave up. */
    private static final int FIRST_OF_SERVERS = 1000;

    private final ServerSession session;
    private final ServerSettings settings;

    ReplAccountQuery(ServerSession session, ServerSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    ReplAccount ask(Optional<ReplicaStatus> channel, Deadline deadline) {
        Optional<String> user = settings.mysql()
                .replUser()
                .or(() -> channel.map(ReplicaStatus::user))
                .filter(u -> !u.isEmpty());
        if (user.isEmpty()) {
            return ReplAccount.NONE;
        }
        Optional<List<Row>> rows = lookUp(user.get(), deadline);
        String plugin = rows.stream()
                .flatMap(List::stream)
                .flatMap(row -> row.text("plugin").stream())
                .findFirst()
                .orElse("");
        if (rows.filter(List::isEmpty).isPresent()) {
            return new ReplAccount(user.get(), Outcome.MISSING, "", plugin);
        }
        if (rows.filter(r -> r.stream().noneMatch(ReplAccountQuery::mayReplicate))
                .isPresent()) {
            return byRole(user.get(), plugin, deadline)
                    .orElseGet(() -> new ReplAccount(user.get(), Outcome.NO_PRIVILEGE, "", plugin));
        }
        boolean knowsAccount = rows.isPresent();
        boolean anyHost = rows.stream().flatMap(List::stream).anyMatch(row -> row.textOrEmpty("place")
                .equals("%"));
        return settings.mysql()
                .replPassword()
                .map(password -> tried(user.get(), password, plugin, deadline))
                .filter(tried -> !knowsAccount || anyHost || tried.outcome() == Outcome.FIT)
                .orElseGet(() -> new ReplAccount(
                        user.get(),
                        knowsAccount ? Outcome.FIT : Outcome.UNKNOWN,
                        knowsAccount ? "" : "our account may not look into mysql.user",
                        plugin));
    }

    private Optional<List<Row>> lookUp(String user, Deadline deadline) {
        return session.queryIfPermitted(
                Sql.of("SELECT host AS place, plugin AS plugin, Repl_slave_priv AS may FROM mysql.user WHERE user = "
                        + Sql.literal(user)),
                deadline);
    }

    /** What {@code mysql.user} does not show of an account: roles that it has when it logs in. */
    private Optional<ReplAccount> byRole(String user, String plugin, Deadline deadline) {
        return settings.mysql()
                .replPassword()
                .map(password -> tried(user, password, plugin, deadline))
                .filter(tried -> tried.outcome() == Outcome.FIT);
    }

    private static boolean mayReplicate(Row row) {
        return row.textOrEmpty("may").equals("Y");
    }

    /** The account may exist for the replicas' hosts only, and roles may give the privilege: a refusal needs both. */
    private ReplAccount tried(String user, Secret password, String plugin, Deadline deadline) {
        try (ServerSession trial = ServerSession.open(settings.loggingInAs(user, password), deadline)) {
            boolean may = OwnGrants.ask(trial, deadline).anyOf(NEEDED);
            return new ReplAccount(user, may ? Outcome.FIT : Outcome.NO_PRIVILEGE, "", plugin);
        } catch (MysqlException e) {
            return new ReplAccount(user, outcome(e), e.why(), plugin);
        }
    }

    private static Outcome outcome(MysqlException e) {
        boolean oursAlone = e.errorCode() < FIRST_OF_SERVERS || e.errorCode() == UNKNOWN_METHOD;
        if (e.kind() != MysqlException.Kind.REFUSING || oursAlone) {
            return Outcome.UNKNOWN;
        }
        return ACCESS_DENIED.contains(e.errorCode()) ? Outcome.WRONG_PASSWORD : Outcome.NOT_LET_IN;
    }
}
