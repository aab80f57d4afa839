package io.mha4j.cli.outlook;

import io.mha4j.base.ServerId;
import io.mha4j.report.EventLog;
import io.mha4j.report.trouble.Trouble.State;
import io.mha4j.report.trouble.Troubles;
import java.util.Optional;
import java.util.Set;

/**
 * Tells while a source is watched that the configuration files have been changed to something that a failover could not use: who
 * changed them is still at work then. Safe for use by several threads.
 */
public final class ConfigLook {
    /** One may fall between two writes of an editor, or meet a name service that is away for a moment. */
    private static final int TRIES = 2;

    private final EventLog log;
    private final Troubles troubles;
    /** Looks in a row that failed. */
    private int failed;

    ConfigLook(EventLog log, Troubles troubles) {
        this.log = log;
        this.troubles = troubles;
    }

    /**
     * The files were read.
     *
     * @param objection why a failover could not use them; nothing if it could
     */
    public synchronized void looked(ServerId source, Optional<String> objection) {
        objection.ifPresentOrElse(o -> failed(source, o), this::succeeded);
    }

    private void failed(ServerId source, String objection) {
        failed++;
        if (failed >= TRIES) {
            String why = "the configuration cannot be used as it is now (" + objection
                    + "); if the master died, the failover would go on with the one that was read before";
            if (failed == TRIES) {
                log.warning("{}: {}", source, why);
            }
            troubles.begin(State.CONFIG_UNUSABLE, source.toString(), why);
        }
    }

    private void succeeded() {
        if (failed >= TRIES) {
            log.info("The configuration can be used again");
        }
        forget();
        troubles.end(Set.of(State.CONFIG_UNUSABLE));
    }

    /** Nothing is watched any more. */
    synchronized void forget() {
        failed = 0;
    }
}
