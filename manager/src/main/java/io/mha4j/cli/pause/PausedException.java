package io.mha4j.cli.pause;

import io.mha4j.base.MhaException;
import io.mha4j.report.PauseFile;
import io.mha4j.report.ReportException;

/** A manager would have to act at once, and must not. */
public final class PausedException extends MhaException {
    /** @param what what would have to be done */
    public PausedException(String what, PauseFile.Pause pause) {
        super(what + ", but " + pause.clause() + "; end that by masterha resume, or act by masterha_master_switch");
    }

    private PausedException(String what, ReportException unreadable) {
        super(what + ", but " + unreadable.getMessage(), unreadable);
    }

    /**
     * Returns when acting is not paused.
     *
     * @param what what would have to be done
     * @throws PausedException if it is; also if nobody can tell
     */
    public static void throwIfPaused(PauseFile file, String what) {
        try {
            file.now().ifPresent(pause -> {
                throw new PausedException(what, pause);
            });
        } catch (ReportException e) {
            throw new PausedException(what, e);
        }
    }
}
