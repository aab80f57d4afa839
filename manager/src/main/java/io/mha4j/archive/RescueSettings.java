package io.mha4j.archive;

import io.mha4j.base.Sleeper;
import java.time.Instant;

/**
 * What a rescue is for.
 *
 * @param name     where the archive goes
 * @param app      the application whose source it is
 * @param takenAt  the time to write into its description
 * @param sleeper  for pauses between two tries
 * @param listener is told how far it is
 */
public record RescueSettings(
        ArchiveName name, String app, Instant takenAt, Sleeper sleeper, RescueProgress.Listener listener) {}
