package io.mha4j.cli.watch;

import io.mha4j.base.ServerId;
import io.mha4j.report.EventLog;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Tells people what looks at old masters show: the log once per change, and who is to be called. */
final class Tidings {
    private static final String TAKES_WRITES = "old master takes writes";

    /** For what people were called last, of each that was compared. */
    private final Map<ServerId, String> rung = new ConcurrentSkipListMap<>();

    private final EventLog log;
    private final OldMasters.Alarm alarm;
    private final Estranged estranged;

    Tidings(EventLog log, OldMasters.Alarm alarm, Estranged estranged) {
        this.log = log;
        this.alarm = alarm;
        this.estranged = estranged;
    }

    /** Whoever was called for this one is called anew. */
    void forget(ServerId old) {
        rung.remove(old);
    }

    /** Once per change, and each time that it was made read-only; that it takes writes is rung as long as it does. */
    void tell(ServerId old, Optional<Seen> before, Seen seen) {
        String line = "The old master " + old + " " + seen.sentence();
        if (!(seen instanceof Seen.Writable)) {
            alarm.over(TAKES_WRITES, old);
        }
        if (seen instanceof Seen.Writable) {
            if (!isKnown(before, seen)) {
                log.error("{}", line);
            }
            alarm.ring(TAKES_WRITES, old, line);
        } else if (seen instanceof Seen.Fenced) {
            log.warning("{}", line);
            forget(old);
            alarm.ring("old master was made read-only", old, line);
        } else if (!isKnown(before, seen)) {
            log.warning("{}", line);
            if (seen instanceof Seen.Handled handled) {
                handled.event().ifPresentOrElse(event -> ringOnce(event, old, line), () -> forget(old));
                estranged.found(old, handled);
            }
        }
        if (seen instanceof Seen.Home) {
            forget(old);
            estranged.reunited(old);
        }
    }

    /** What came of comparing it is news whenever it says something else; other things are when they are of another kind. */
    private static boolean isKnown(Optional<Seen> before, Seen seen) {
        return before.filter(b -> seen instanceof Seen.Handled ? b.equals(seen) : b.getClass() == seen.getClass())
                .isPresent();
    }

    /** Not again when it was away for a while, and nothing else came of it then. */
    private void ringOnce(String event, ServerId old, String line) {
        if (!event.equals(rung.put(old, event))) {
            alarm.ring(event, old, line);
        }
    }
}
