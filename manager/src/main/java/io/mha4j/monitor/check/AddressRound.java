package io.mha4j.monitor.check;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.MovedAddress;
import io.mha4j.hooks.AddressLook;
import io.mha4j.monitor.Slot;
import io.mha4j.remote.CommandRunner;
import io.mha4j.topology.details.AddressPlace;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks the hosts of servers with {@code vip} about that and nothing else, one call each, all at once and beside whatever the caller
 * does meanwhile.
 */
public final class AddressRound implements AutoCloseable {
    private final Map<ServerId, Question> questions = new TreeMap<>();
    private boolean ended;

    private AddressRound() {}

    private record Question(Slot<Optional<AddressPlace>> slot, Deadline deadline) {}

    /** Begins; each host may take its {@code ssh_connection_timeout}, login included. */
    public static AddressRound begin(Application app, CheckRound.HostAccess hosts, Ticks ticks) {
        AddressRound round = new AddressRound();
        for (ServerSettings server : app.servers()) {
            server.scripts().vip().ifPresent(moved -> {
                Deadline deadline = Deadline.in(server.ssh().connectionTimeout(), ticks);
                Slot<Optional<AddressPlace>> slot = Slot.start(
                        "address-" + server.id().section(), ticks, () -> place(moved, server, hosts, deadline));
                round.questions.put(server.id(), new Question(slot, deadline));
            });
        }
        return round;
    }

    private static Optional<AddressPlace> place(
            MovedAddress moved, ServerSettings server, CheckRound.HostAccess hosts, Deadline deadline) {
        try {
            CommandRunner.Result result = hosts.hostOf(server).run(AddressLook.command(moved, server), deadline);
            return AddressLook.read(result.stdout());
        } catch (CommandException e) {
            return Optional.empty();
        }
    }

    /** What they answered, once all have or the time is up. One that does not answer is left out: that SSH fails is told elsewhere. */
    public SortedMap<ServerId, AddressPlace> end() {
        ended = true;
        SortedMap<ServerId, AddressPlace> places = new TreeMap<>();
        questions.forEach((server, question) -> question.slot()
                .await(question.deadline(), Optional::empty)
                .ifPresent(place -> places.put(server, place)));
        return places;
    }

    /** Waits for all of them, so that none connects to its host when that has been closed. */
    @Override
    public void close() {
        if (!ended) {
            end();
        }
    }
}
