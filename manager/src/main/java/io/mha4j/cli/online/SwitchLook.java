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
import io.mha4j.execution.SideBySide;
import io.mha4j.monitor.SourcePing;
import io.mha4j.monitor.TreeLook;
import io.mha4j.mysql.ServerSession;
import io.mha4j.mysql.details.DetailsQuery;
import io.mha4j.mysql.online.ActivityQuery;
import io.mha4j.mysql.online.OwnFilters;
import io.mha4j.topology.Prior;
import io.mha4j.topology.ReplicaStatus.Filters;
import io.mha4j.topology.details.Activity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

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

    /**
     * What was seen of the old source.
     *
     * @param unseen  what cannot be looked at there, which then speaks against nothing; each a sentence
     * @param filters that it would apply with
     */
    record AtSource(List<Objection> objections, List<String> unseen, Optional<Filters> filters) {}

    /** What was seen of one who may become the source, or why nothing was. */
    private record AtNext(ServerId server, List<Objection> objections, Optional<MhaException> failure) {
        List<Objection> orThrow() {
            failure.ifPresent(e -> {
                throw e;
            });
            return objections;
        }
    }

    /** One answer of several that are waited for together. */
    private record Answer(Optional<AtSource> source, Optional<AtNext> next) {
        static final Answer NONE = new Answer(Optional.empty(), Optional.empty());
    }

    /** All that was asked together. */
    final class Seen {
        private final AtSource source;
        private final Optional<AtNext> likely;

        private Seen(AtSource source, Optional<AtNext> likely) {
            this.source = source;
            this.likely = likely;
        }

        AtSource source() {
            return source;
        }

        /** What speaks against this new source, and against the old one as its replica; asked now if it is not the likely one. */
        List<Objection> newSource(ServerId next) {
            AtNext seen = likely.filter(l -> l.server().equals(next)).orElseGet(() -> atNext(next));
            List<Objection> found = new ArrayList<>(seen.orThrow());
            found.addAll(new OnlineChecks(facts).rejoining(next, source.filters()));
            return found;
        }
    }

    /**
     * Asks the old source and the likely new one.
     *
     * @param beside what may be done at the same time; must not throw
     */
    Seen ask(Optional<ServerId> likely, List<Runnable> beside) {
        List<Callable<Answer>> work = new ArrayList<>();
        work.add(() -> new Answer(Optional.of(atSource()), Optional.empty()));
        likely.ifPresent(next -> work.add(() -> new Answer(Optional.empty(), Optional.of(atNext(next)))));
        for (Runnable other : beside) {
            work.add(() -> {
                other.run();
                return Answer.NONE;
            });
        }
        List<Answer> answers = SideBySide.run("switch-look", work);
        Optional<AtNext> next =
                answers.stream().flatMap(answer -> answer.next().stream()).findFirst();
        return new Seen(answers.get(0).source().orElseThrow(), next);
    }

    private AtSource atSource() {
        Optional<Filters> filters = facts.wishes().rejoin() ? new OwnFilters(source).ask(within()) : Optional.empty();
        return new AtSource(busyWith(), unseen(filters), filters);
    }

    /** What it is busy with that would be cut off. Updates are allowed any time at all, but nobody would wait so long here. */
    private List<Objection> busyWith() {
        Duration updates = facts.wishes().limits().updates();
        Duration patience = updates.compareTo(PREPARED) < 0 ? updates : PREPARED;
        Activity activity = new ActivityQuery(source, SystemTime.SLEEPER).ask(Set.of(), patience, within());
        return new OnlineChecks(facts).oldSource(activity);
    }

    private List<String> unseen(Optional<Filters> filters) {
        List<String> sentences = new ArrayList<>();
        ActivityQuery query = new ActivityQuery(source, SystemTime.SLEEPER);
        if (!query.seesPrepared(within())) {
            sentences.add(facts.oldSource()
                    + ": prepared XA transactions are not looked at, because the account may not see them; grant it"
                    + " XA_RECOVER_ADMIN");
        }
        if (!query.seesLocks(within())) {
            sentences.add(facts.oldSource()
                    + ": it does not tell who holds a global read lock or a backup lock without doing anything; if a backup"
                    + " does, the switch fails when it needs the lock, and is undone");
        }
        if (new OnlineChecks(facts).filtersShowLate(filters)) {
            sentences.add(facts.oldSource()
                    + ": its replication filters can be told only once it is a slave; they are compared before it starts,"
                    + " and if they differ it stays without a master");
        }
        return sentences;
    }

    private AtNext atNext(ServerId next) {
        OnlineChecks checks = new OnlineChecks(facts);
        try (ServerSession session = ServerSession.open(app.of(next), within())) {
            Activity activity = new ActivityQuery(session, SystemTime.SLEEPER).ask(Set.of(), Duration.ZERO, within());
            List<Objection> found = new ArrayList<>(checks.newSource(next, activity));
            DetailsQuery details = new DetailsQuery(app.of(next), SystemTime.CLOCK);
            checks.account(next, details.replAccount(session, within())).ifPresent(found::add);
            return new AtNext(next, found, Optional.empty());
        } catch (MhaException e) {
            return new AtNext(next, List.of(), Optional.of(e));
        }
    }

    private static Deadline within() {
        return Deadline.in(LIMIT, SystemTime.TICKS);
    }

    @Override
    public void close() {
        source.close();
    }
}
