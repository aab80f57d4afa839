package io.mha4j.decision.check;

import static io.mha4j.decision.check.Grade.ADVICE;
import static io.mha4j.decision.check.Grade.BLOCKS_FAILOVER;
import static io.mha4j.decision.check.Grade.RISKS_LOSS;

import java.util.Locale;

/** Every kind of finding, declared once; docs/checks.md has a chapter for each. */
public enum Check {
    CONFIG(BLOCKS_FAILOVER, "The configuration holds an error."),
    NO_TREE(BLOCKS_FAILOVER, "The servers form no tree of one source and its replicas."),
    SERVER_MISSING(BLOCKS_FAILOVER, "A configured server does not answer or refuses the login."),
    VERSION(BLOCKS_FAILOVER, "A server is older than what a failover can handle."),
    SQL_ERROR(BLOCKS_FAILOVER, "The SQL thread of a replica was stopped by an error."),
    FILTERS(BLOCKS_FAILOVER, "Servers leave out different parts of the data."),
    NO_CANDIDATE(BLOCKS_FAILOVER, "No replica could become the source."),
    ACCOUNT(BLOCKS_FAILOVER, "Our account lacks a privilege that a failover needs."),
    REPL_ACCOUNT(BLOCKS_FAILOVER, "Replicas could not log in to a candidate once it is the source."),
    HOOK(BLOCKS_FAILOVER, "A script that a failover calls, or vip in its place, is not fit to work."),
    FENCE(BLOCKS_FAILOVER, "A proof that a dead source is stopped is demanded, and could not be had."),
    WORKDIR(BLOCKS_FAILOVER, "The manager cannot write its state."),
    EARLIER_FAILOVER(BLOCKS_FAILOVER, "A flag of an earlier failover forbids the next one."),
    PAUSED(BLOCKS_FAILOVER, "An operator has forbidden the manager to act."),
    SOURCE_DEAD(RISKS_LOSS, "The source does not answer."),
    GIVEN_BY_SQL(RISKS_LOSS, "A replica has events that its status does not show, and would execute them twice."),
    REPLICATION(RISKS_LOSS, "A replica does not replicate, or is too far behind."),
    NO_BINLOG(RISKS_LOSS, "The source writes no binary log."),
    ERRANT(RISKS_LOSS, "A replica has executed transactions that its source does not have."),
    SSH(RISKS_LOSS, "A host cannot be reached over SSH."),
    ADDRESS(RISKS_LOSS, "The clients' address (vip) is not at the source's host, or could not come back to it."),
    BINLOG_DIR(RISKS_LOSS, "Binary logs cannot be read over SSH."),
    RELAY_DIR(RISKS_LOSS, "Relay logs cannot be read over SSH."),
    DISK(RISKS_LOSS, "A disk is nearly full."),
    COLD_CACHE(RISKS_LOSS, "A replica cannot log in again once its source has been restarted."),
    BINLOG_ENCRYPTED(RISKS_LOSS, "Binary logs are encrypted, so a dead source's cannot be read."),
    SETTINGS(ADVICE, "A setting of a replica makes a failover harder."),
    ABSENCE_IGNORED(ADVICE, "A dead or broken replica is ignored because of ignore_fail=1."),
    UNKNOWN_REPLICA(ADVICE, "A replica is not in the configuration."),
    SOURCE_NAME(ADVICE, "The manager cannot tell by its name whom a replica follows."),
    SOURCE_READ_ONLY(ADVICE, "The source does not take writes."),
    SEMI_SYNC(ADVICE, "Commits do not wait for a replica, so the newest may die with the source."),
    DURABILITY(
            ADVICE, "A crash of the host may lose or invent transactions, and a failover after it may prove nothing."),
    PACKET_SIZE(ADVICE, "A replica takes smaller packets than its source."),
    EVENT_SCHEDULER(ADVICE, "Events would run on a replica."),
    SUPER_USERS(ADVICE, "Accounts exist that read_only does not stop."),
    CLOCK_SKEW(ADVICE, "A server's clock differs from the manager's."),
    AUTO_RESTART(ADVICE, "A dead source would be started again by itself."),
    FEED(ADVICE, "A replica cannot be fed by the manager."),
    NO_HOOK(ADVICE, "Nothing moves the clients, or makes sure that a dead source is off."),
    UNKNOWN(ADVICE, "Something could not be looked at.");

    private final Grade grade;
    private final String meaning;

    Check(Grade grade, String meaning) {
        this.grade = grade;
        this.meaning = meaning;
    }

    public Grade grade() {
        return grade;
    }

    /** What is wrong when there is such a finding, one sentence. */
    public String meaning() {
        return meaning;
    }

    /** As messages and the documentation call it, for example {@code repl-account}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Whether {@code masterha_check_repl} ends with 1 because of it. Flags of an earlier failover do not make it fail, as
     * in MHA: the check is what one runs after a failover.
     */
    public boolean failsTheCheck() {
        return grade != ADVICE && this != EARLIER_FAILOVER && this != PAUSED;
    }

    /** Whether a manager refuses to start because of it. A risk of loss is no reason to leave a tree unwatched. */
    public boolean forbidsToStart() {
        return grade == BLOCKS_FAILOVER
                && this != EARLIER_FAILOVER
                && this != PAUSED
                && this != ACCOUNT
                && this != WORKDIR;
    }
}
