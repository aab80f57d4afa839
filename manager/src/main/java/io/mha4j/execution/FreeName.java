package io.mha4j.execution;

import io.mha4j.archive.ArchiveName;
import io.mha4j.base.ServerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;

/**
 * Names of archives that none has yet: they tell the second, and others refer to archives by them. Several may be asked for
 * before the first is written. Thread-safe.
 */
public final class FreeName {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private final Path directory;
    private final ZoneId zone;
    private final Set<Path> given = new HashSet<>();

    /** @param zone for the text, as in MHA */
    public FreeName(Path directory, ZoneId zone) {
        this.directory = directory;
        this.zone = zone;
    }

    /** The name for what is saved of a server now, or of the first second after that which is free. */
    public synchronized ArchiveName next(ServerId server, Instant now) {
        LocalDateTime second = LocalDateTime.ofInstant(now, zone);
        ArchiveName name = name(server, second);
        while (!given.add(name.description()) || Files.exists(name.description()) || Files.exists(name.piece(1))) {
            second = second.plusSeconds(1);
            name = name(server, second);
        }
        return name;
    }

    private ArchiveName name(ServerId server, LocalDateTime second) {
        return new ArchiveName(directory, server.host(), server.port(), TIME.format(second));
    }
}
