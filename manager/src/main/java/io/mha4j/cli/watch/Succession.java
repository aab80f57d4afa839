package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether somebody else is the master now, asked of the servers at this moment. */
final class Succession {
    /** For one that only may be whom another follows. */
    private static final Duration PER_STRANGER = Duration.ofSeconds(1);

    private final Contact.Way contacts;

    Succession(Contact.Way contacts) {
        this.contacts = contacts;
    }

    /**
     * Whether {@code master} is one, or was replaced by a switch and follows one.
     *
     * @param others who else may have become the master meanwhile
     * @throws MhaException if one of them that counts does not answer
     */
    boolean isProven(ServerSettings master, List<ServerSettings> others, Deadline deadline) {
        Standing present = standing(master, deadline);
        return present.isOpenSource()
                || others.stream()
                        .filter(server -> present.follows(server.id()))
                        .anyMatch(server -> standing(server, deadline).isOpenSource())
                || followsByAnotherName(present, others, deadline);
    }

    private boolean followsByAnotherName(Standing present, List<ServerSettings> others, Deadline deadline) {
        List<ServerId> known = ids(others);
        return present.followsStranger(known)
                && others.stream().anyMatch(server -> answer(server, deadline.atMost(PER_STRANGER))
                        .filter(at -> at.isOpenSource() && present.follows(server.id(), at.identity(), known))
                        .isPresent());
    }

    /**
     * Whether an old master is configured to follow {@code master}; by another name or address too, if that answers and says
     * that it is whom the old one was shown.
     */
    boolean pointsTo(Standing old, ServerSettings master, List<ServerSettings> servers, Deadline deadline) {
        List<ServerId> known = ids(servers);
        return old.pointsTo(master.id())
                || (old.pointsToStranger(known)
                        && answer(master, deadline.atMost(PER_STRANGER))
                                .filter(present -> old.pointsTo(master.id(), present.identity(), known))
                                .isPresent());
    }

    private Optional<Standing> answer(ServerSettings server, Deadline deadline) {
        try {
            return Optional.of(standing(server, deadline));
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            return Optional.empty();
        }
    }

    private Standing standing(ServerSettings server, Deadline deadline) {
        try (Contact contact = contacts.to(server, deadline)) {
            return contact.standing();
        }
    }

    private static List<ServerId> ids(List<ServerSettings> servers) {
        return servers.stream().map(ServerSettings::id).toList();
    }
}
