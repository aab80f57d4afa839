package io.mha4j.cli.outlook;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import io.mha4j.report.trouble.Trouble.State;
import io.mha4j.report.trouble.Troubles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells while a source is watched that the configuration files have been changed to something that a failover could not use: who
 * changed them is still at work then. Safe for use by several threads.
 */
public final class ConfigLook {
    /** One may fall between two writes of an editor, or meet a name service that is away for a moment. */
    private static final int TRIES = 2;

    private final EventLog log;
    private final Troubles troubles;
    /** What the files were like; absent before the first look. */
    private Optional<List<String>> stamps = Optional.empty();
    /** Looks in a row that failed. */
    private int failed;

    ConfigLook(EventLog log, Troubles troubles) {
        this.log = log;
        this.troubles = troubles;
    }

    /** Reads the files, and tells why a failover could not use them. */
    @FunctionalInterface
    public interface Reading {
        /** @param used what is watched with */
        Optional<String> objection(Application used, ServerId source);
    }

    /**
     * Looks at the files, and has them read if they have changed, or could not be used the last time: that may run the operator's
     * {@code init_conf_load_script}, and asks name servers. Nobody waits for that, above all not who is about to act.
     *
     * @param used what is watched with, read a moment ago at the first look
     */
    public void look(Application used, ServerId source, Reading reading) {
        if (isDue(used)) {
            Optional<String> objection = reading.objection(used, source);
            looked(source, objection);
        }
    }

    private synchronized boolean isDue(Application used) {
        List<String> now = Stream.concat(Stream.of(used.confFile()), used.globalFile().stream())
                .map(ConfigLook::stamp)
                .toList();
        boolean changed = !now.equals(stamps.orElse(now));
        stamps = Optional.of(now);
        return failed > 0 || changed;
    }

    private synchronized void looked(ServerId source, Optional<String> objection) {
        objection.ifPresentOrElse(o -> failed(source, o), this::succeeded);
    }

    private static String stamp(String file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(Path.of(file), BasicFileAttributes.class);
            return seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey();
        } catch (IOException e) {
            return "none";
        }
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
        failed = 0;
        troubles.end(Set.of(State.CONFIG_UNUSABLE));
    }

    /** Nothing is watched any more. */
    synchronized void forget() {
        failed = 0;
        stamps = Optional.empty();
    }
}
