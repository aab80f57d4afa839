package io.mha4j.report.incident;

import com.fasterxml.jackson.databind.JsonNode;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.LossVerdict;
import io.mha4j.decision.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything about one failover that had begun to change things. Its JSON form is an interface: a component may be added
 * under the same {@link #VERSION}, none is renamed or removed. Holds no secret.
 *
 * @param version    form of this record
 * @param run        names the run, as its journal does
 * @param app        the application
 * @param occasion   when, where and how it ran
 * @param ending     what came of it
 * @param election   every candidate against every rule, with the value that each rule looked at
 * @param timeline   every step, in the order of beginning
 * @param statements what the last process of this run sent to servers to change them, in order; questions are left out
 * @param letter     subject and body as {@code report_script} gets them, without the line that names this record
 * @param evidence   what the run began with: the tree as it was seen, what the source last said, the command's wishes
 */
public record Incident(
        int version,
        String run,
        String app,
        Occasion occasion,
        Ending ending,
        Ballot election,
        List<Moment> timeline,
        List<Statement> statements,
        Letter letter,
        JsonNode evidence) {
    /** The form that this program writes. */
    public static final int VERSION = 1;

    public Incident {
        timeline = List.copyOf(timeline);
        statements = List.copyOf(statements);
    }

    /**
     * @param oldSource   the dead source
     * @param logPlace    where to read more: {@code <manager's host>:<log file>}, or the host alone
     * @param interactive whether a person answered prompts
     * @param gtids       whether replicas are re-pointed by GTID
     * @param takenUp     when another process took the run over, each time
     * @param took        from its beginning to this record
     */
    public record Occasion(
            ServerId oldSource,
            String logPlace,
            boolean interactive,
            boolean gtids,
            Instant begunAt,
            Instant endedAt,
            Duration took,
            List<Instant> takenUp) {
        public Occasion {
            takenUp = List.copyOf(takenUp);
        }
    }

    /** How it ended, in a word. */
    public enum Result {
        /** Every configured server but the dead one follows the new source. */
        COMPLETE,
        /** There is a new source, but not everybody follows it. */
        PARTIAL,
        /** It broke off; an operator has to go on. */
        BROKEN_OFF
    }

    /**
     * What came of it.
     *
     * @param newSource       who takes writes now
     * @param coordinates     where its binary log ended when it was opened
     * @param addressMissing  why it may be without the clients' address
     * @param replicas        the other servers
     * @param verdict         what may have been lost
     * @param verdictSentence the same as log and report say it
     * @param brokenOff       why, in one sentence
     * @param fence           whether the old source is stopped for good, and how that is known
     */
    public record Ending(
            Result result,
            Optional<ServerId> newSource,
            Optional<BinlogPosition> coordinates,
            Optional<String> addressMissing,
            List<Replica> replicas,
            LossVerdict verdict,
            String verdictSentence,
            Optional<String> brokenOff,
            StepResult.Fenced fence) {
        public Ending {
            replicas = List.copyOf(replicas);
        }
    }

    /** @param why why it does not follow; absent if it does */
    public record Replica(ServerId server, boolean follows, Optional<String> why) {}

    /** How a step ended. */
    public enum Status {
        DONE,
        FAILED,
        /** Not known: the process that did it died. It was done again later, or an operator went on. */
        UNKNOWN
    }

    /**
     * One step.
     *
     * @param words  for people
     * @param step   for programs
     * @param ended  absent where it is not known
     * @param result what it learned
     * @param error  why it failed, in one sentence
     */
    public record Moment(
            int number,
            String words,
            JsonNode step,
            Instant begun,
            Optional<Instant> ended,
            Optional<Duration> took,
            Status status,
            Optional<JsonNode> result,
            Optional<String> error) {}

    /** @param sql with secrets masked */
    public record Statement(Instant at, ServerId server, String sql) {}

    /** The text for people. */
    public record Letter(String subject, String body) {}
}
