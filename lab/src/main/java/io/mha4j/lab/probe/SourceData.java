package io.mha4j.lab.probe;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveName;
import io.mha4j.archive.BinlogRescue;
import io.mha4j.archive.LogPlace;
import io.mha4j.archive.RescueSettings;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.lab.check.Equality;
import io.mha4j.lab.check.Fingerprint;
import io.mha4j.lab.server.LabServer;
import io.mha4j.remote.LocalHost;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What levelling is to bring to replicas, and how it is told that it did. */
final class SourceData {
    private SourceData() {}

    /** Everything in the server's binary log behind {@code from}, saved by the manager's own code. */
    static Archive save(LabServer source, BinlogPosition from, Path to) {
        RescueSettings settings = new RescueSettings(
                new ArchiveName(to, source.host(), source.port(), "20260101000000"),
                "lab",
                Instant.EPOCH,
                ProbeServer.SLEEPER,
                progress -> {});
        LogPlace place = new LogPlace(new LocalHost(), List.of(source.dataDir().toString()));
        return BinlogRescue.fromSource(settings, place, from, ProbeServer.in(60));
    }

    static Fingerprint tablesOf(LabServer server) {
        return Equality.of(List.of(server)).fingerprints().values().iterator().next();
    }
}
