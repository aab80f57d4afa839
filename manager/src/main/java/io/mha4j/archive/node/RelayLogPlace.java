package io.mha4j.archive.node;

import io.mha4j.archive.ArchiveException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a replica's relay logs are.
 *
 * @param directory absolute
 * @param current   name of one of them
 */
public record RelayLogPlace(Path directory, String current) {
    /**
     * As {@code relay-log.info} tells: the first line, or the second where the first is the number of lines (MySQL 5.6,
     * MariaDB 10). A relative path is relative to the data directory, or to that of the file.
     *
     * @throws ArchiveException if the file is not there or names no relay log
     */
    public static RelayLogPlace ofInfoFile(Path info, Optional<Path> datadir) {
        try {
            List<String> lines = Files.readAllLines(info, StandardCharsets.UTF_8);
            int at = !lines.isEmpty() && lines.get(0).matches("\\d+") ? 1 : 0;
            if (lines.size() <= at || lines.get(at).isBlank()) {
                throw new ArchiveException(info + " names no relay log; is this the file of --relay_log_info?");
            }
            Path base = datadir.orElse(info.toAbsolutePath().resolveSibling(""));
            Path log = base.resolve(lines.get(at)).toAbsolutePath().normalize();
            return new RelayLogPlace(log.resolveSibling(""), log.getFileName().toString());
        } catch (IOException e) {
            throw new ArchiveException(info + " cannot be read: " + e.getMessage() + "; check --relay_log_info", e);
        }
    }

    /** As {@code --relay_dir} and {@code --current_relay_log} tell. */
    public static RelayLogPlace of(Path directory, String current) {
        Path log = directory.resolve(current).toAbsolutePath().normalize();
        return new RelayLogPlace(log.resolveSibling(""), log.getFileName().toString());
    }
}
