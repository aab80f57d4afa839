package io.mha4j.feed;

import io.mha4j.archive.Archive;
import io.mha4j.archive.Piece;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.FormatDescription;
import java.time.InstantSource;
import java.util.Random;

/** What all connections of a feed have in common; safe for use by several threads. */
record Served(
        Archive archive, FeedIdentity identity, FeedAccount account, Random luck, Ticks ticks, InstantSource clock) {
    /** The form of the first events, by which a replica takes the version of its source. */
    FormatDescription format() {
        return archive.pieces().get(0).format();
    }

    boolean hasChecksums() {
        return archive.pieces().stream().map(Piece::format).anyMatch(FormatDescription::checksums);
    }

    Questions questions() {
        return new Questions(identity, format().checksums(), clock);
    }

    MadeEvents made() {
        return new MadeEvents(identity.serverId());
    }
}
