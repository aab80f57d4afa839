package io.mha4j.cli.online;

import io.mha4j.base.ServerId;
import io.mha4j.cli.command.Questions;
import io.mha4j.decision.FailoverWishes.HostPort;
import io.mha4j.report.EventLog;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import java.util.List;
import java.util.Optional;

/** What MHA asks about who becomes the master, in a failover by hand and in an online switch. */
public final class SuccessorQuestions {
    private final Questions questions;
    private final EventLog log;

    public SuccessorQuestions(Questions questions, EventLog log) {
        this.questions = questions;
        this.log = log;
    }

    /** The elected one, or another that the person names; nothing, and it is said why, when the answer is no or nobody. */
    public Optional<ServerId> answer(ManagedTree tree, ServerId elected) {
        if (questions.yes("\nStarting master switch from " + tree.source() + " to " + elected + "? (yes/NO): ")) {
            return Optional.of(elected);
        }
        if (!questions.yes("Continue? (yes/NO): ")) {
            return notConfirmed();
        }
        String name = questions.text("Enter new master host name: ");
        List<ServerId> meant = tree.replicas().stream()
                .map(Replica::id)
                .filter(s -> s.host().equals(name)
                        || new HostPort(s.host(), s.port()).toString().equals(name))
                .toList();
        if (meant.size() != 1) {
            return refused(
                    meant.isEmpty()
                            ? name + " is no living slave"
                            : name + " has several slaves; name one as host:port");
        }
        return questions.yes("Master switch to " + meant.get(0) + ". OK? (yes/NO): ")
                ? Optional.of(meant.get(0))
                : notConfirmed();
    }

    private Optional<ServerId> notConfirmed() {
        log.info("Not confirmed; nothing was changed");
        return Optional.empty();
    }

    private Optional<ServerId> refused(String why) {
        log.error("{}; nothing was changed", why);
        return Optional.empty();
    }
}
