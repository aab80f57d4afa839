package io.mha4j.cli.watch;

import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.report.EventLog;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.trouble.DivergedFile;
import java.time.InstantSource;

/** Writes down which old masters have diverged, and which have no more; a file that cannot be written ends nothing. */
public final class Estranged {
    private final DivergedFile file;
    private final EventLog log;

    Estranged(StateFiles files, InstantSource clock, EventLog log) {
        this.file = new DivergedFile(files, clock);
        this.log = log;
    }

    public static Estranged in(StateFiles files, EventLog log) {
        return new Estranged(files, SystemTime.CLOCK, log);
    }

    /** It was compared. */
    public void found(ServerId old, Homecoming.End end) {
        found(old, Seen.Handled.of(end));
    }

    void found(ServerId old, Seen.Handled handled) {
        if (handled.event().filter(Seen.Handled.DIVERGED::equals).isPresent()) {
            surviving(() -> file.begin(old.toString(), handled.result()));
        } else if (handled.event().isEmpty()) {
            reunited(old);
        }
    }

    /** It has nothing of its own any more, or belongs to a tree. */
    public void reunited(ServerId old) {
        surviving(() -> file.end(old.toString()));
    }

    private void surviving(Runnable writing) {
        try {
            writing.run();
        } catch (ReportException e) {
            log.warning("{}; masterha_check_status does not show which old masters have diverged", e.getMessage());
        }
    }
}
