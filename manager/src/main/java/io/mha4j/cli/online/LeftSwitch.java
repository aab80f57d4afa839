package io.mha4j.cli.online;

import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.execution.online.OnlineJournal;
import io.mha4j.remote.ssh.SshSessions;
import io.mha4j.report.EventLog;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.Journal;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;
import java.util.Optional;

/**
 * A switch that was left unfinished and whose old source died: a failover comes in its place, and only what the switch set on
 * replicas is put back. Only if the new source cannot have been opened: nobody but the dead one was written to, then.
 */
public final class LeftSwitch {
    private final Application app;
    private final StateFiles files;
    private final OnlineJournal.Cut cut;
    private final EventLog log;

    /** What the journal keeps of the end. */
    private record GivenUp(String why) {}

    private LeftSwitch(Application app, StateFiles files, OnlineJournal.Cut cut, EventLog log) {
        this.app = app;
        this.files = files;
        this.cut = cut;
        this.log = log;
    }

    /**
     * The switch that stands in the way of a failover of {@code dead}, if it is such a one; changes nothing.
     *
     * @param left what was left unfinished, of whatever kind
     */
    public static Optional<LeftSwitch> from(
            JournalContent left, ServerId dead, Application app, StateFiles files, EventLog log) {
        return Optional.of(left)
                .filter(OnlineJournal::isSwitch)
                .map(run -> OnlineJournal.read(run, new JsonForm(), app))
                .filter(cut -> cut.facts().oldSource().equals(dead))
                .filter(cut -> cut.opening().isEmpty() && !cut.opened())
                .map(cut -> new LeftSwitch(app, files, cut, log));
    }

    /** What it was, in one clause. */
    public String sentence() {
        return "The switch from %s to %s (run %s) was left unfinished, with %s not yet opened"
                .formatted(cut.facts().oldSource(), cut.newSource(), cut.name(), cut.newSource());
    }

    /**
     * Ends its journal. The old source must have been found dead, and the failover be about to begin: there is no way back.
     * Whether nobody but the dead one may have the clients' {@code vip}.
     */
    public boolean giveUp() {
        log.warning("{}; it is given up for the failover", sentence());
        try (SshSessions hosts = SshSessions.ofThisAccount(log::debug, log::warning);
                Journal journal = new Journals(files, new JsonForm(), SystemTime.CLOCK).resume()) {
            SwitchRun run = new SwitchRun(app, log, files, hosts);
            boolean gone = run.takeAddressBack(cut);
            run.releaseReplicas(cut);
            journal.end(new GivenUp("failed over: the old master died"));
            return gone;
        }
    }
}
