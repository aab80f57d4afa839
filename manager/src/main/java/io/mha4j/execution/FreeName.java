package io.mha4j.execution;

import io.mha4j.archive.ArchiveName;
import io.mha4j.base.ServerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Names of archives that none has yet: they tell the second, and others refer to archives by them. */
public final class FreeName {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private FreeName() {}

    /**
     * The name for what is saved of a server now, or of the first second after that which is free.
     *
     * @param zone for the text, as in MHA
     */
    public static ArchiveName in(Path directory, ServerId server, Instant now, ZoneId zone) {
        LocalDateTime second = LocalDateTime.ofInstant(now, zone);
        ArchiveName name = name(directory, server, second);
        while (Files.exists(name.description()) || Files.exists(name.piece(1))) {
            second = second.plusSeconds(1);
            name = name(directory, server, second);
        }
        return name;
    }

    private static ArchiveName name(Path directory, ServerId server, LocalDateTime second) {
        return new ArchiveName(directory, server.host(), server.port(), TIME.format(second));
    }
}
