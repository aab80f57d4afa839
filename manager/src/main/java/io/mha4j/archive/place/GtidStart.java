package io.mha4j.archive.place;

import io.mha4j.base.Deadline;
import io.mha4j.base.Sleeper;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.TransactionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds where to begin in a server's binary logs for somebody who says what it has in GTIDs only: at the head of the last
 * file before which nothing was written that it lacks.
 */
public final class GtidStart {
    private static final long FIRST_EVENT = 4;
    private static final int FIRST_LOOK = 1 << 16;
    private static final int LAST_LOOK = 1 << 28;

    private final LogFiles logs;
    private final Fetch fetch;
    private final Deadline deadline;

    public GtidStart(LogFiles logs, Sleeper sleeper, Deadline deadline) {
        this.logs = logs;
        this.deadline = deadline;
        fetch = new Fetch(logs.host(), sleeper, deadline);
    }

    /**
     * A place to begin at.
     *
     * @param before all that the server's log held before it
     */
    public record Start(BinlogPosition place, Gtids before) {}

    /**
     * The head of the last file that lists no earlier transaction beyond {@code have}.
     *
     * @throws MissingLogException if the transactions that are missing there were purged, or the files list none
     */
    public Start find(Gtids have) {
        List<String> files = new ArrayList<>(logs.all(deadline).values());
        for (int i = files.size() - 1; i >= 0; i--) {
            Optional<Gtids> before = before(files.get(i));
            if (before.filter(b -> b.getClass() == have.getClass() && have.covers(b))
                    .isPresent()) {
                return new Start(new BinlogPosition(files.get(i), FIRST_EVENT), before.get());
            }
        }
        throw new MissingLogException(
                "no binary log on " + logs.host().name() + " begins with transactions that are all in " + have
                        + ": those between were purged, or the files do not list GTIDs");
    }

    private Optional<Gtids> before(String file) {
        for (int length = FIRST_LOOK; ; length *= 16) {
            byte[] head = fetch.head(logs.path(file), 0, length);
            TransactionReader reader = new TransactionReader();
            boolean[] more = {true};
            EventScanner scanner = EventScanner.fromStart(event -> {
                reader.accept(event);
                more[0] = event.type() == EventType.FORMAT_DESCRIPTION;
            });
            scanner.accept(head, 0, head.length);
            boolean ended = !more[0] || head.length < length || scanner.damage().isPresent() || length == LAST_LOOK;
            if (reader.before().isPresent() || ended) {
                return reader.before();
            }
        }
    }
}
