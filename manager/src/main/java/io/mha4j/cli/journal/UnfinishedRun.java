package io.mha4j.cli.journal;

import io.mha4j.base.MhaException;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.execution.online.OnlineJournal;
import io.mha4j.report.StateFiles;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.Journals;
import io.mha4j.report.json.JsonForm;

/** A failover or switch that was cut off is there, and who was called only looks. */
public final class UnfinishedRun extends MhaException {
    private UnfinishedRun(JournalContent run, StateFiles files, String option) {
        super((OnlineJournal.isSwitch(run)
                        ? "an online switch was cut off; masterha_master_switch --master_state=alive finishes or undoes it"
                        : "a failover was cut off; masterha_manager without %2$s finishes it")
                .concat(" (masterha failover-status shows it; its journal is %1$s), and %2$s changes nothing")
                .formatted(files.journal(), option));
    }

    /** @throws UnfinishedRun if {@code files} hold the journal of a run that did not end */
    public static void refuse(StateFiles files, String option) {
        new Journals(files, new JsonForm(), SystemTime.CLOCK).unfinished().ifPresent(run -> {
            throw new UnfinishedRun(run, files, option);
        });
    }
}
