package io.mha4j.execution.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.decision.online.OnlineFacts;
import io.mha4j.decision.online.OnlineStage;
import io.mha4j.decision.online.OnlineStage.Opening;
import io.mha4j.decision.online.OnlineWishes;
import io.mha4j.execution.resume.CalledNow;
import io.mha4j.report.journal.Journal;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.JournalContent.End;
import io.mha4j.report.journal.JournalContent.StepRecord;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.ManagedTree;
import java.util.Optional;

/** The stages of a switch in the application's journal, to and fro. */
public final class OnlineJournal implements OnlineRecord {
    /** Word for the kind of run. */
    public static final String OPERATION = "switch";

    private final Journal journal;
    private int stage;

    /** @param stage number of the stage in which the journal, taken over, stands; 0 in a new one */
    public OnlineJournal(Journal journal, int stage) {
        this.journal = journal;
        this.stage = stage;
    }

    /** What a run began with; holds no secret. */
    public record Beginning(ManagedTree tree, OnlineWishes wishes, ServerId newSource) {}

    /**
     * A run that was cut off.
     *
     * @param name      of the run
     * @param facts     that it began with
     * @param newSource who was to become the source
     * @param opening   present if the new source may have been opened, and is not known to have been closed again
     * @param closed    whether it is known to have been closed again without having been written to
     * @param opened    whether it was
     * @param stage     number of the last stage
     */
    public record Cut(
            String name,
            OnlineFacts facts,
            ServerId newSource,
            Optional<Opening> opening,
            boolean closed,
            boolean opened,
            int stage) {}

    /** The run cannot be taken up with this configuration. */
    public static final class NotResumable extends MhaException {
        NotResumable(String message) {
            super(message);
        }
    }

    /** Whether an unfinished run is a switch. */
    public static boolean isSwitch(JournalContent content) {
        return content.opened().operation().equals(OPERATION);
    }

    /**
     * Reads an unfinished run, its servers as the configuration has them now.
     *
     * @throws NotResumable if it was no switch, or the configuration does not know its servers any more
     */
    public static Cut read(JournalContent content, JsonForm json, Application app) {
        String name = content.opened().run();
        if (!isSwitch(content)) {
            throw new NotResumable("run " + name + " is a " + content.opened().operation()
                    + ", not an online switch; finish it with the command that began it");
        }
        ManagedTree written =
                json.read(content.opened().facts(), Beginning.class).tree();
        CalledNow.gone(written, app).ifPresent(s -> {
            throw new NotResumable("the unfinished switch " + name + " has the server " + s + ", and " + app.confFile()
                    + " has no server of that name and port any more; put it back until that switch is finished");
        });
        return cut(CalledNow.of(content, json, app), json, app);
    }

    private static Cut cut(JournalContent content, JsonForm json, Application app) {
        Beginning begin = json.read(content.opened().facts(), Beginning.class);
        Optional<Opening> opening = Optional.empty();
        boolean closed = false;
        boolean opened = false;
        for (StepRecord record : content.steps()) {
            OnlineStage stage = json.read(record.step(), OnlineStage.class);
            opened |= stage instanceof OnlineStage.Opened;
            if (stage instanceof OnlineStage.Closed) {
                closed = true;
                // The old source may have taken writes since that nobody has proved to be in the new one.
                opening = Optional.empty();
            }
            if (record.end() instanceof End.Finished finished
                    && json.read(finished.result(), OnlineStage.class) instanceof Opening place) {
                opening = Optional.of(place);
            }
        }
        OnlineFacts facts = new OnlineFacts(app, begin.tree(), begin.wishes());
        return new Cut(
                content.opened().run(),
                facts,
                begin.newSource(),
                opening,
                closed,
                opened,
                content.steps().size());
    }

    /** One stage of a journal in an operator's words. */
    public static String words(JsonNode stage, JsonForm json) {
        OnlineStage read = json.read(stage, OnlineStage.class);
        if (read instanceof OnlineStage.Closed) {
            return "the new master is closed again: undo the rest";
        }
        return read instanceof OnlineStage.Opened
                ? "the new master is open: move the others"
                : "up to the opening of the new master";
    }

    @Override
    public void blocking() {
        if (stage == 0) {
            stage = journal.started(new OnlineStage.Blocking());
        }
    }

    @Override
    public void opening(Opening opening) {
        journal.finished(stage, opening);
    }

    @Override
    public void closedAgain() {
        stage = journal.started(new OnlineStage.Closed());
    }

    @Override
    public void opened() {
        stage = journal.started(new OnlineStage.Opened());
    }
}
