package io.mha4j.cli.incident;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.decision.FailoverSummary;
import io.mha4j.decision.LossVerdict;
import io.mha4j.execution.Sessions;
import io.mha4j.execution.incident.IncidentMaker;
import io.mha4j.execution.incident.IncidentMaker.Told;
import io.mha4j.report.EventLog;
import io.mha4j.report.FailoverReport;
import io.mha4j.report.incident.Incident;
import io.mha4j.report.incident.IncidentFiles;
import io.mha4j.report.incident.StatementMemory;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.Journals;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Keeps the incident of a run on disk; what fails here is logged and changes nothing about the failover. */
public final class IncidentKeeping {
    private static final LossVerdict BROKEN_OFF = new LossVerdict.Unknown("the failover broke off");

    private final StatementMemory statements;
    private final Journals journals;
    private final InstantSource clock;
    private final EventLog log;

    /**
     * Of one run.
     *
     * @param journals where the run's journal is, which must not be closed before the incident is made
     * @param clock    by which that journal is kept
     */
    public IncidentKeeping(Journals journals, InstantSource clock, EventLog log) {
        this.statements = new StatementMemory(clock);
        this.journals = journals;
        this.clock = clock;
        this.log = log;
    }

    /** Remembers what is sent to a server, secrets masked. */
    public void sent(ServerId server, String statement) {
        statements.sent(server, statement);
        log.debug(Sessions.CHANGE, server, statement);
    }

    /**
     * Keeps the incident of a run that reached its end, and names its file in log and report.
     *
     * @param app the configuration that the run was made with
     * @return its JSON; empty if it could not be made
     */
    public Optional<String> done(Application app, FailoverSummary summary, FailoverReport report) {
        return kept(report, run -> maker(app).done(run, summary, told(report)));
    }

    /** The same of a run that broke off; {@code why} is one sentence. */
    public Optional<String> brokenOff(Application app, String why, FailoverReport report) {
        return kept(report, run -> maker(app).brokenOff(run, why, told(report)));
    }

    /** What may be lost of a run that broke off; unknown where its journal cannot be read. */
    public LossVerdict verdictBrokenOff(Application app) {
        try {
            return journals.unfinished().map(maker(app)::verdictBrokenOff).orElse(BROKEN_OFF);
        } catch (MhaException e) {
            // That the journal cannot be read is told where the incident cannot be made from it.
            return BROKEN_OFF;
        }
    }

    private IncidentMaker maker(Application app) {
        return new IncidentMaker(app, journals.json());
    }

    private Told told(FailoverReport report) {
        return new Told(report, clock.instant(), statements.all());
    }

    private Optional<String> kept(FailoverReport report, Function<JournalContent, Incident> made) {
        try {
            Optional<Incident> incident = journals.unfinished().map(made);
            incident.ifPresent(i -> write(i, report));
            return incident.map(journals.json()::pretty);
        } catch (MhaException e) {
            log.warning("The incident could not be made from the journal: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** A full disk keeps nobody from being told. */
    private void write(Incident incident, FailoverReport report) {
        try {
            String place = new IncidentFiles(journals.files(), journals.json())
                    .write(incident)
                    .toString();
            log.info("Incident with timeline, election and statements: {}", place);
            report.note("Incident with timeline, election and statements: " + place);
        } catch (MhaException e) {
            log.warning("The incident is not on disk: {}", e.getMessage());
        }
    }
}
