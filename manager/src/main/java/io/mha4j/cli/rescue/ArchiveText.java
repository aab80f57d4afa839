package io.mha4j.cli.rescue;

import io.mha4j.archive.Archive;
import io.mha4j.archive.Piece;
import io.mha4j.cli.command.SystemTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** Archives as operators read them. */
final class ArchiveText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private ArchiveText() {}

    /** One line each. */
    static String table(List<Archive> archives) {
        if (archives.isEmpty()) {
            return "No archives.%n".formatted();
        }
        StringBuilder text = new StringBuilder("%-19s  %-24s  %12s  %14s  %-9s  %s%n"
                .formatted("taken", "source", "transactions", "bytes", "complete", "file"));
        for (Archive archive : archives) {
            text.append("%-19s  %-24s  %12d  %14d  %-9s  %s%n"
                    .formatted(
                            time(archive),
                            archive.host() + ":" + archive.port(),
                            archive.transactions(),
                            archive.bytes(),
                            archive.reachedEnd() ? "yes" : "no",
                            archive.description().getFileName()));
        }
        return text.toString();
    }

    /** Everything about one. */
    static String page(Archive archive) {
        StringBuilder text = new StringBuilder();
        text.append("%s%n".formatted(archive.description()));
        text.append("  taken         %s, application %s%n".formatted(time(archive), archive.app()));
        text.append(
                "  source        %s:%d, server id %d%n".formatted(archive.host(), archive.port(), archive.serverId()));
        text.append("  range         %s to %s%n".formatted(archive.start(), archive.end()));
        text.append("  holds         %d transactions, %d events, %d bytes%n"
                .formatted(archive.transactions(), archive.events(), archive.bytes()));
        archive.gtids().ifPresent(gtids -> text.append("  GTIDs         %s%n".formatted(gtids)));
        text.append("  complete      %s; %s%n"
                .formatted(archive.reachedEnd() ? "yes" : "no", archive.cut().sentence()));
        archive.origins().forEach(origin -> text.append("  origin        %s%n".formatted(origin)));
        for (Piece piece : archive.pieces()) {
            text.append("  piece         %s%n".formatted(piece.file().getFileName()));
            text.append("                %s:%d to %d, %d transactions, %d events, %d bytes, %s%n"
                    .formatted(
                            piece.sourceFile(),
                            piece.start(),
                            piece.end(),
                            piece.transactions(),
                            piece.events(),
                            piece.bytes(),
                            piece.format()));
        }
        return text.toString();
    }

    /** An array of the descriptions as they lie on disk. */
    static String json(List<Archive> archives) {
        return archives.stream()
                .map(archive -> archive.toJson().strip())
                .collect(Collectors.joining(",\n", "[", "]\n"));
    }

    private static String time(Archive archive) {
        return TIME.format(archive.takenAt().atZone(SystemTime.zone()));
    }
}
