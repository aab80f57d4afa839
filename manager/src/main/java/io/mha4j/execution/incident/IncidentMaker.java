package io.mha4j.execution.incident;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.FailoverSummary;
import io.mha4j.decision.LossVerdict;
import io.mha4j.decision.Step;
import io.mha4j.execution.resume.FailoverJournal;
import io.mha4j.report.FailoverReport;
import io.mha4j.report.incident.Incident;
import io.mha4j.report.incident.Incident.Ending;
import io.mha4j.report.incident.Incident.Letter;
import io.mha4j.report.incident.Incident.Moment;
import io.mha4j.report.incident.Incident.Occasion;
import io.mha4j.report.incident.Incident.Replica;
import io.mha4j.report.incident.Incident.Result;
import io.mha4j.report.incident.Incident.Statement;
import io.mha4j.report.incident.Incident.Status;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.JournalContent.End;
import io.mha4j.report.journal.JournalContent.StepRecord;
import io.mha4j.report.journal.JournalEntry.Resumed;
import io.mha4j.report.json.JsonForm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes incidents. They come from the journal, so that a run that was cut off and taken up again has one timeline; only the
 * statements of an earlier process are not known any more.
 *
 * @param app  the configuration that the run was made with
 * @param json the form of the journal
 */
public record IncidentMaker(Application app, JsonForm json) {
    /**
     * What the process knows beside the journal.
     *
     * @param report the run's report, ended
     * @param at     now
     * @param sent   what was sent to servers
     */
    public record Told(FailoverReport report, Instant at, List<Statement> sent) {
        public Told {
            sent = List.copyOf(sent);
        }
    }

    /**
     * The incident of a run that reached its end, well or partially.
     *
     * @param run its journal, not closed yet
     * @throws io.mha4j.base.MhaException if the journal does not fit this configuration
     */
    public Incident done(JournalContent run, FailoverSummary summary, Told told) {
        Result result = summary.complete() ? Result.COMPLETE : Result.PARTIAL;
        Ending ending = new Ending(
                result,
                Optional.of(summary.newSource()),
                summary.coordinates(),
                summary.addressMissing(),
                replicas(summary),
                summary.verdict(),
                summary.verdict().sentence(),
                Optional.empty(),
                summary.fence());
        return made(run, facts(run), ending, told);
    }

    /**
     * The incident of a run that broke off.
     *
     * @param why one sentence
     * @see #done
     */
    public Incident brokenOff(JournalContent run, String why, Told told) {
        FailoverFacts facts = facts(run);
        LossVerdict verdict = new FailoverPlanner().verdictBrokenOff(facts);
        Optional<ServerId> opened = opened(facts);
        Ending ending = new Ending(
                Result.BROKEN_OFF,
                opened,
                Optional.empty(),
                opened.flatMap(server -> FailoverSummary.addressMissing(facts, server)),
                untouched(facts),
                verdict,
                verdict.sentence(),
                Optional.of(why),
                new FailoverPlanner().fence(facts));
        return made(run, facts, ending, told);
    }

    /**
     * What may be lost of a run that broke off.
     *
     * @see #done
     */
    public LossVerdict verdictBrokenOff(JournalContent run) {
        return new FailoverPlanner().verdictBrokenOff(facts(run));
    }

    private FailoverFacts facts(JournalContent run) {
        return FailoverJournal.read(run, json, app).facts();
    }

    private Incident made(JournalContent run, FailoverFacts facts, Ending ending, Told told) {
        return new Incident(
                Incident.VERSION,
                run.opened().run(),
                app.name(),
                occasion(run, told.report().occasion(), told.at()),
                ending,
                new FailoverPlanner().ballot(facts),
                run.steps().stream().map(this::moment).toList(),
                told.sent(),
                new Letter(told.report().subject(), told.report().body()),
                run.opened().facts());
    }

    private static Occasion occasion(JournalContent run, FailoverReport.Occasion told, Instant at) {
        Instant begun = run.opened().at();
        return new Occasion(
                told.oldSource(),
                told.logPlace(),
                told.interactive(),
                told.gtids(),
                begun,
                at,
                Duration.between(begun, at),
                run.resumed().stream().map(Resumed::at).toList());
    }

    private Moment moment(StepRecord record) {
        Optional<Instant> ended = ended(record.end());
        return new Moment(
                record.number(),
                FailoverJournal.words(record.step(), json),
                record.step(),
                record.startedAt(),
                ended,
                ended.map(end -> Duration.between(record.startedAt(), end)),
                status(record.end()),
                record.end() instanceof End.Finished finished ? Optional.of(finished.result()) : Optional.empty(),
                record.end() instanceof End.Failed failed ? Optional.of(failed.error()) : Optional.empty());
    }

    private static Optional<Instant> ended(End end) {
        if (end instanceof End.Finished finished) {
            return Optional.of(finished.at());
        }
        return end instanceof End.Failed failed ? Optional.of(failed.at()) : Optional.empty();
    }

    private static Status status(End end) {
        if (end instanceof End.Finished) {
            return Status.DONE;
        }
        return end instanceof End.Failed ? Status.FAILED : Status.UNKNOWN;
    }

    private static List<Replica> replicas(FailoverSummary summary) {
        List<Replica> all = new ArrayList<>();
        summary.following().forEach(server -> all.add(new Replica(server, true, Optional.empty())));
        summary.leftBehind().forEach((server, why) -> all.add(new Replica(server, false, Optional.of(why))));
        summary.unfit()
                .forEach(server -> all.add(new Replica(
                        server, false, Optional.of("it was unreachable or its replication had failed before"))));
        all.sort(Comparator.comparing(Replica::server));
        return all;
    }

    /** Of a run that broke off it is only known who was moved. */
    private static List<Replica> untouched(FailoverFacts facts) {
        Optional<ServerId> opened = opened(facts);
        Set<ServerId> moved = facts.progress().outcomes().stream()
                .filter(o ->
                        o.step() instanceof Step.Repoint && facts.progress().finished(o.step()))
                .map(o -> o.step().server())
                .collect(Collectors.toCollection(TreeSet::new));
        return facts.tree().replicas().stream()
                .map(io.mha4j.topology.Replica::id)
                .filter(server -> !opened.equals(Optional.of(server)))
                .map(server -> new Replica(
                        server,
                        moved.contains(server),
                        moved.contains(server) ? Optional.empty() : Optional.of("the failover broke off before")))
                .toList();
    }

    private static Optional<ServerId> opened(FailoverFacts facts) {
        return facts.progress().outcomes().stream()
                .filter(o -> o.step() instanceof Step.MakeWritable
                        && facts.progress().finished(o.step()))
                .map(o -> o.step().server())
                .findFirst();
    }
}
