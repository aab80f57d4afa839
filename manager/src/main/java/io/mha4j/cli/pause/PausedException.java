package io.mha4j.cli.pause;

import io.mha4j.base.MhaException;
import io.mha4j.report.PauseFile;

/** A manager would have to act at once, and must not. */
public final class PausedException extends MhaException {
    /** @param what what would have to be done */
    public PausedException(String what, PauseFile.Pause pause) {
        super(what + ", but " + pause.clause() + "; end that by masterha resume, or act by masterha_master_switch");
    }
}
