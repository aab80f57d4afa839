package io.mha4j.cli.online;

import io.mha4j.base.Deadline;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.decision.online.Objection;
import io.mha4j.decision.online.OnlineChecks;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlineWishes;
import io.mha4j.monitor.SourcePing;
import io.mha4j.monitor.TreeLook;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.details.DetailsQuery;
import io.mha4j.mysql.online.ActivityQuery;
import io.mha4j.mysql.online.OwnFilters;
import io.mha4j.topology.Prior;
import io.mha4j.topology.details.Activity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at the servers before a switch. Changes nothing on any of them. */
final class SwitchLook implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** The longest wait for prepared transactions to end, well within that limit. */
    private static final Duration PREPARED = Duration.ofSeconds(5);

    private final Application app;
    private final ServerSession source;
    private final OnlineFacts facts;

    private SwitchLook(Application app, ServerSession source, OnlineFacts facts) {
        this.app = app;
        this.source = source;
        this.facts = facts;
    }

    /** It is not a tree whose source could be switched. */
    static final class Declined extends MhaException {
        Declined(String message) {
            super(message);
        }
    }

    /**
     * Looks at the tree, and keeps MHA's monitor lock on the source until closed, so that no manager watches meanwhile.
     *
     * @throws Declined if the source is dead, or a manager watches it
     */
    static SwitchLook begin(Application app, OnlineWishes wishes) {
        TreeLook.Seen seen = new TreeLook(SystemTime.TICKS, SystemTime.CLOCK).at(app, Prior.NOTHING);
        ServerId id = seen.tree().source();
        if (!seen.tree().sourceAlive()) {
            throw new Declined("Current master " + id + " is dead; use --master_state=dead");
        }
        ServerSession session = ServerSession.open(app.of(id), within());
        try {
            if (!session.acquireLock(SourcePing.MONITOR_LOCK, Duration.ZERO, within())) {
                throw new Declined("A manager watches " + id
                        + " (somebody holds the advisory lock there); stop it with masterha_stop first");
            }
            return new SwitchLook(app, session, new OnlineFacts(app, seen.tree(), wishes));
        } catch (MhaException e) {
            session.close();
            throw e;
        }
    }

    OnlineFacts facts() {
        return facts;
    }

    /** What the old source is busy with that would be cut off. Updates are allowed any time at all, but nobody would wait so long here. */
    List<Objection> oldSource() {
        Duration updates = facts.wishes().limits().updates();
        Duration patience = updates.compareTo(PREPARED) < 0 ? updates : PREPARED;
        Activity activity = new ActivityQuery(source, SystemTime.SLEEPER).ask(Set.of(), patience, within());
        return new OnlineChecks(facts).oldSource(activity);
    }

    /** What cannot be looked at on the old source, which then speaks against nothing; each a sentence. */
    List<String> unseen() {
        List<String> sentences = new ArrayList<>();
        if (!new ActivityQuery(source, SystemTime.SLEEPER).seesPrepared(within())) {
            sentences.add(facts.oldSource()
                    + ": prepared XA transactions are not looked at, because the account may not see them; grant it"
                    + " XA_RECOVER_ADMIN");
        }
        if (new OnlineChecks(facts).filtersShowLate(new OwnFilters(source).ask(within()))) {
            sentences.add(facts.oldSource()
                    + ": its replication filters can be told only once it is a slave; they are compared before it starts,"
                    + " and if they differ it stays without a master");
        }
        return sentences;
    }

    /** What speaks against this new source, and against the old one as its replica. */
    List<Objection> newSource(ServerId next) {
        OnlineChecks checks = new OnlineChecks(facts);
        List<Objection> found = new ArrayList<>();
        try (ServerSession session = ServerSession.open(app.of(next), within())) {
            Activity activity = new ActivityQuery(session, SystemTime.SLEEPER).ask(Set.of(), Duration.ZERO, within());
            found.addAll(checks.newSource(next, activity));
            DetailsQuery details = new DetailsQuery(app.of(next), SystemTime.CLOCK);
            checks.account(next, details.replAccount(session, within())).ifPresent(found::add);
        }
        found.addAll(checks.rejoining(next, new OwnFilters(source).ask(within())));
        return found;
    }

    private static Deadline within() {
        return Deadline.in(LIMIT, SystemTime.TICKS);
    }

    @Override
    public void close() {
        source.close();
    }
}
