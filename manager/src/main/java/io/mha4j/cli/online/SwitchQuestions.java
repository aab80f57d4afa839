package io.mha4j.cli.online;

import io.mha4j.base.ServerId;
import io.mha4j.cli.command.Questions;
import io.mha4j.decision.FailoverWishes.HostPort;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.report.EventLog;
import java.util.Locale;
import java.util.Optional;

/** What MHA asks before an online switch, all of it before anything is changed. */
final class SwitchQuestions {
    private final Questions questions;
    private final EventLog log;

    SwitchQuestions(Questions questions, EventLog log) {
        this.questions = questions;
        this.log = log;
    }

    /** What was agreed: whom to switch to, and the facts with the answers as wishes. */
    record Agreed(OnlineFacts facts, ServerId next) {}

    /** Nothing when an answer is no. */
    Optional<Agreed> agreed(OnlineFacts facts, ServerId winner, boolean asksToFlush) {
        ServerId old = facts.oldSource();
        OnlineFacts agreed = facts;
        if (asksToFlush) {
            String answer =
                    questions.text("\nIt is better to execute FLUSH NO_WRITE_TO_BINLOG TABLES on the master before"
                            + " switching. Is it ok to execute on " + old + "? (YES/no): ");
            boolean no = answer.toLowerCase(Locale.ROOT).startsWith("n");
            agreed = facts.with(facts.wishes().flushing(!no));
        }
        Optional<ServerId> next = new SuccessorQuestions(questions, log).answer(agreed.tree(), winner);
        if (next.isEmpty()) {
            return Optional.empty();
        }
        if (!goesOnWithoutScript(agreed, next.get())) {
            log.info("Not confirmed; nothing was changed");
            return Optional.empty();
        }
        ServerId chosen = next.get();
        OnlineFacts forced = agreed.with(agreed.wishes().forcing(new HostPort(chosen.host(), chosen.port())));
        return Optional.of(new Agreed(chosen.equals(winner) ? agreed : forced, chosen));
    }

    /** Whether an earlier switch that was cut off shall be taken up. */
    boolean takesUp() {
        return questions.yes("Take it up? (yes/NO): ");
    }

    private boolean goesOnWithoutScript(OnlineFacts facts, ServerId next) {
        return facts.movesClients(next)
                || questions.yes(
                        "master_ip_online_change_script is not defined. If you do not disable writes on the current"
                                + " master manually, applications keep writing on the current master. Is it ok to proceed?"
                                + " (yes/NO): ");
    }
}
