package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.pause.PausedException;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.execution.LockHeldException;
import io.mha4j.execution.Permit;
import io.mha4j.mysql.MysqlException;
import io.mha4j.report.EventLog;
import io.mha4j.report.StateFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Masters that a failover of this process replaced. They are left out of the tree until they follow its master and a tree with
 * them is watched; one that answers again and takes writes is made read-only before anything else, if the present master answers
 * and is one, or follows the one that replaced it. The clients' address is taken off its host by the same proof.
 */
public final class OldMasters {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** With what was last seen of each. */
    private final Map<ServerId, Optional<Seen>> leftOut = new ConcurrentSkipListMap<>();

    private final Map<ServerId, ServerSettings> settings = new ConcurrentSkipListMap<>();
    private final Map<ServerId, Seen> lastBrought = new ConcurrentSkipListMap<>();
    private final Permit permit;
    private final Way way;
    private final EventLog log;
    private final Ticks ticks;
    private final Contact.Way contacts;
    private final Succession succession;
    private final StrayAddresses addresses;
    private final Comparisons comparisons;
    private final Tidings tidings;
    private final AskingIn askingIn;

    /**
     * What is done with one that takes no writes, all servers considered.
     *
     * @see Homecoming
     */
    @FunctionalInterface
    public interface Way {
        /** @param all settings of every old master */
        Homecoming.End go(Aim aim, ServerId old, List<ServerSettings> all);

        /** Whether it attaches anybody. */
        default boolean attaches() {
            return true;
        }

        /** One that attaches nobody. */
        static Way comparing(BiFunction<ServerId, List<ServerSettings>, Homecoming.End> only) {
            return new Way() {
                @Override
                public Homecoming.End go(Aim aim, ServerId old, List<ServerSettings> all) {
                    return only.apply(old, all);
                }

                @Override
                public boolean attaches() {
                    return false;
                }
            };
        }
    }

    /** How far it goes. */
    public enum Aim {
        /** It is compared and left as it is. */
        COMPARED,
        /** It is compared, and attached if it has nothing of its own. */
        HOME
    }

    /** Calls people. */
    @FunctionalInterface
    public interface Alarm {
        /**
         * @param event    a few words, the same for each of its kind
         * @param server   the old master
         * @param sentence what was seen
         */
        void ring(String event, ServerId server, String sentence);

        /** That is over: whoever knows of it is not told once more. */
        default void over(String event, ServerId server) {}
    }

    /**
     * @param permit asked before a server is changed
     * @param way    compares one, and brings it home with {@code auto_rejoin=1}
     * @param alarm  rung when one took writes, has diverged, or could not be compared or attached
     */
    public OldMasters(Permit permit, Way way, StateFiles files, EventLog log, Alarm alarm) {
        this(
                permit,
                way,
                Estranged.in(files, log),
                log,
                alarm,
                SystemTime.TICKS,
                Comparisons::inThread,
                Contact::bySql,
                StrayAddresses.bySsh(log, alarm));
    }

    OldMasters(
            Permit permit,
            Way way,
            Estranged estranged,
            EventLog log,
            Alarm alarm,
            Ticks ticks,
            Executor beside,
            Contact.Way contacts,
            StrayAddresses addresses) {
        this.permit = permit;
        this.way = way;
        this.log = log;
        this.ticks = ticks;
        this.contacts = contacts;
        this.succession = new Succession(contacts);
        this.addresses = addresses;
        this.askingIn = new AskingIn(ticks);
        this.tidings = new Tidings(log, alarm, estranged);
        this.comparisons = new Comparisons(beside, ticks, log);
    }

    /** One more, dead now. */
    public void add(ServerSettings master) {
        comparisons.forget(master.id());
        tidings.forget(master.id());
        settings.put(master.id(), master);
        leftOut.put(master.id(), Optional.empty());
    }

    public boolean isEmpty() {
        return leftOut.isEmpty();
    }

    /** Whether each of them was last seen to take no writes, without the clients' address, or to follow the present master. */
    public boolean areClosed() {
        return leftOut.entrySet().stream()
                .allMatch(entry -> entry.getValue().map(Seen::isClosed).orElse(false)
                        && !addresses.mayBeAt(Objects.requireNonNull(settings.get(entry.getKey()))));
    }

    /** Whether something may still come of comparing one of them. */
    boolean areCompared() {
        return leftOut.keySet().stream().noneMatch(comparisons::isOpen);
    }

    /** Nobody looks for a while: what is under way beside the looks is told to end. */
    void rest() {
        comparisons.rest();
    }

    /** The same for good. */
    void finish(Deadline deadline) throws InterruptedException {
        comparisons.rest();
        comparisons.finish(deadline);
    }

    /** Whether this was one that came back to where it belongs. */
    public boolean hasComeHome(ServerId master) {
        return settings.containsKey(master)
                && (!leftOut.containsKey(master) || isHome(leftOut.getOrDefault(master, Optional.empty())));
    }

    private static boolean isHome(Optional<Seen> seen) {
        return seen.filter(Seen.Home.class::isInstance).isPresent();
    }

    /** Sections may have been added or removed since. */
    private boolean isLeftOut(ServerId server) {
        return leftOut.keySet().stream().anyMatch(old -> old.isCalledAs(server));
    }

    /** The application without them; as it is, if nobody would be left. */
    public Application without(Application app) {
        return without(app, this::isLeftOut);
    }

    /**
     * The application with those who are home. It is a proposal: they are left out still, until one that names them is watched.
     *
     * @param app as it is configured
     */
    public Application welcoming(Application app) {
        leftOut.forEach((old, seen) -> {
            boolean named = app.calledAs(old).isPresent();
            if (named && seen.filter(Seen.Unnamed.class::isInstance).isPresent()) {
                tell(old, new Seen.Home());
            } else if (!named && isHome(seen)) {
                tell(old, new Seen.Unnamed());
            }
        });
        return without(app, server -> leftOut.entrySet().stream()
                .anyMatch(old -> old.getKey().isCalledAs(server) && !isHome(old.getValue())));
    }

    private static Application without(Application app, Predicate<ServerId> left) {
        List<ServerSettings> others =
                app.servers().stream().filter(server -> !left.test(server.id())).toList();
        return others.isEmpty() ? app : app.withServers(others);
    }

    /** An application is watched now: those who are home, and whom it names, are left out no more. */
    void settle(Application watched) {
        for (ServerId old : List.copyOf(leftOut.keySet())) {
            if (!isHome(leftOut.getOrDefault(old, Optional.empty()))) {
                continue;
            }
            if (watched.calledAs(old).isPresent()) {
                leftOut.remove(old);
            } else {
                log.warning(
                        "The old master {} stays left out: no tree with it was taken over yet; that is tried again",
                        old);
            }
        }
    }

    /**
     * Looks once at all of them; answers whether one follows the present master now, and is to be taken into the tree. Where that
     * came to nothing it is answered again after a while.
     *
     * @param master  the present master
     * @param servers all that are configured: one of them may have become the master meanwhile
     */
    public boolean look(ServerSettings master, List<ServerSettings> servers) {
        boolean home = false;
        boolean news = false;
        for (ServerId old : List.copyOf(leftOut.keySet())) {
            Seen seen = look(Objects.requireNonNull(settings.get(old)), master, servers);
            if (seen instanceof Seen.Home) {
                news |= !isHome(leftOut.getOrDefault(old, Optional.empty()));
                home = true;
            }
            tell(old, seen);
        }
        return home && askingIn.isDue(news);
    }

    /**
     * That it is configured to follow the present master does not say that it takes no writes: one of two masters that
     * replicate from each other is so ever since.
     */
    private Seen look(ServerSettings old, ServerSettings master, List<ServerSettings> servers) {
        Deadline deadline = Deadline.in(LIMIT, ticks);
        try (Contact contact = contacts.to(old, deadline)) {
            Standing standing = contact.standing();
            boolean follows = succession.pointsTo(standing, master, servers, deadline);
            if (follows && standing.readOnly()) {
                takeAddress(old, master, servers);
                return addresses.mayBeAt(old) ? new Seen.WithAddress() : home(old.id());
            }
            Seen seen = standing.readOnly() ? new Seen.ReadOnly() : fenced(contact, master, servers, deadline);
            boolean closed = seen instanceof Seen.ReadOnly || seen instanceof Seen.Fenced;
            if (closed) {
                takeAddress(old, master, servers);
            }
            return closed && !follows ? compared(old, seen, standing.written(), master, servers) : seen;
        } catch (MysqlException e) {
            addresses.forget(old.id());
            return new Seen.Away(e.getMessage());
        }
    }

    /** One that no configuration names stays so until one is read that does. */
    private Seen home(ServerId old) {
        return leftOut.getOrDefault(old, Optional.empty())
                .filter(Seen.Unnamed.class::isInstance)
                .orElseGet(Seen.Home::new);
    }

    /** By the same proof; beside the looks, because a log may be long. */
    private Seen compared(
            ServerSettings old, Seen seen, String written, ServerSettings master, List<ServerSettings> servers) {
        ServerId id = old.id();
        boolean tookWrites = seen instanceof Seen.Fenced;
        Optional<Seen> before = leftOut.getOrDefault(id, Optional.empty());
        boolean back = before.filter(s -> !(s instanceof Seen.Away)).isEmpty();
        if (comparisons.isDue(id, written + " beside " + master.id(), tookWrites, back)
                && (tookWrites || isProvenlyReplaced(master, servers))) {
            if (tookWrites || comparisons.seen(id).isEmpty()) {
                tell(id, tookWrites ? seen : new Seen.Comparing());
            }
            comparisons.begin(id, () -> {
                permit.requireHeld();
                return way.go(Aim.COMPARED, id, List.copyOf(settings.values()));
            });
        } else if (tookWrites) {
            tell(id, seen);
        }
        return way.attaches() && old.fencing().rejoins() && comparisons.allowsToAttach(id)
                ? handled(id, tookWrites)
                : comparisons.seen(id).orElseGet(() -> tookWrites ? new Seen.ReadOnly() : seen);
    }

    private boolean isProvenlyReplaced(ServerSettings master, List<ServerSettings> servers) {
        try {
            return isReplaced(master, servers, Deadline.in(LIMIT, ticks));
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            return false;
        }
    }

    /** Once for each return; what came of it stays what is known, until it goes away, takes writes or is compared again. */
    private Seen handled(ServerId old, boolean tookWrites) {
        Optional<Seen> before = leftOut.getOrDefault(old, Optional.empty());
        boolean known = before.filter(Seen.Handled.class::isInstance).isPresent();
        if (tookWrites || !known || !before.get().equals(lastBrought.get(old))) {
            lastBrought.put(old, brought(old));
        }
        return Objects.requireNonNull(lastBrought.get(old));
    }

    private Seen brought(ServerId old) {
        try {
            permit.requireHeld();
            return Seen.Handled.of(way.go(Aim.HOME, old, List.copyOf(settings.values())));
        } catch (InterruptedWork | GaveWay e) {
            throw e;
        } catch (PausedException | Homecoming.UnderWay | LockHeldException e) {
            return new Seen.Waiting(e.getMessage());
        } catch (MhaException e) {
            return Seen.Handled.failed(e.getMessage());
        }
    }

    /** Only while there is proof of another master: whoever went back to the old one by hand is not disturbed. */
    private Seen fenced(Contact old, ServerSettings master, List<ServerSettings> servers, Deadline deadline) {
        try {
            if (!isReplaced(master, servers, deadline)) {
                return new Seen.Writable(master.id() + " is read-only or follows another server");
            }
            permit.requireHeld();
            old.makeReadOnly();
            return new Seen.Fenced();
        } catch (InterruptedWork | GaveWay e) {
            throw e;
        } catch (MhaException e) {
            return new Seen.Writable(e.getMessage());
        }
    }

    /** By the same proof, so that nobody takes it from a master that was made so by hand. */
    private void takeAddress(ServerSettings old, ServerSettings master, List<ServerSettings> servers) {
        if (!addresses.mayBeAt(old)) {
            return;
        }
        try {
            if (!isReplaced(master, servers, Deadline.in(LIMIT, ticks))) {
                addresses.complain(old, master.id() + " is read-only or follows another server");
                return;
            }
            permit.requireHeld();
            addresses.takeOff(old, servers, Deadline.in(LIMIT, ticks));
        } catch (InterruptedWork | GaveWay e) {
            throw e;
        } catch (MhaException e) {
            addresses.complain(old, e.getMessage());
        }
    }

    private boolean isReplaced(ServerSettings master, List<ServerSettings> servers, Deadline deadline) {
        List<ServerSettings> others =
                servers.stream().filter(server -> !isLeftOut(server.id())).toList();
        return succession.isProven(master, others, deadline);
    }

    private void tell(ServerId old, Seen seen) {
        Optional<Optional<Seen>> before = Optional.ofNullable(leftOut.replace(old, Optional.of(seen)));
        // Else it was taken into the tree while this look was under way.
        before.ifPresent(b -> tidings.tell(old, b, seen));
        if (seen instanceof Seen.Home) {
            comparisons.forget(old);
        }
    }
}
