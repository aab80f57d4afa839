package io.mha4j.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mha4j.base.JsonText;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import io.mha4j.binlog.MariadbGtids;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The description of an archive as JSON. Names of pieces are relative, so that the files can be moved together; the
 * format descriptions are taken from the pieces themselves.
 *
 * @param path where it lies or will lie
 */
record DescriptionFile(Path path) {
    private static final int VERSION = 1;

    /** The text of an archive's description. */
    static String text(Archive archive) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("version", VERSION);
        tree.put("app", archive.app());
        tree.put("host", archive.host());
        tree.put("port", archive.port());
        tree.put("server_id", archive.serverId());
        tree.put("taken_at", archive.takenAt().toString());
        putPosition(tree.putObject("start"), archive.start());
        putPosition(tree.putObject("end"), archive.end());
        archive.gtids()
                .ifPresent(g -> tree.putObject("gtids").put(g instanceof GtidSet ? "mysql" : "mariadb", g.toString()));
        tree.put("bytes", archive.bytes()).put("events", archive.events()).put("transactions", archive.transactions());
        tree.put("reached_end", archive.reachedEnd());
        putCut(tree.putObject("cut"), archive.cut());
        archive.origins().forEach(tree.putArray("origins")::add);
        ArrayNode pieces = tree.putArray("pieces");
        archive.pieces().forEach(piece -> putPiece(pieces.addObject(), piece));
        return JsonText.pretty(tree) + "\n";
    }

    private static void putPosition(ObjectNode node, BinlogPosition position) {
        node.put("file", position.file()).put("offset", position.offset());
    }

    private static void putCut(ObjectNode node, Cut cut) {
        node.put("open_events", cut.openEvents())
                .put("open_bytes", cut.openBytes())
                .put("torn_bytes", cut.tornBytes());
        cut.damage().ifPresent(d -> node.putObject("damage")
                .put("file", d.file())
                .put("offset", d.offset())
                .put("bytes", d.bytes())
                .put("why", d.why()));
    }

    private static void putPiece(ObjectNode node, Piece piece) {
        node.put("name", piece.file().getFileName().toString())
                .put("source_file", piece.sourceFile())
                .put("start", piece.start())
                .put("end", piece.end())
                .put("bytes", piece.bytes())
                .put("events", piece.events())
                .put("transactions", piece.transactions())
                .put("sha256", piece.sha256());
    }

    Archive read() {
        try {
            JsonNode tree = JsonText.parse(PrivateFile.read(path));
            if (tree.required("version").asInt() != VERSION) {
                throw new ArchiveException(path + ": written in form " + tree.get("version") + ", this program knows "
                        + VERSION + "; use the version that wrote it");
            }
            return archive(tree);
        } catch (IOException e) {
            throw PieceReader.notRead(path, e);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new ArchiveException(path + ": is no description of an archive: " + e.getMessage(), e);
        }
    }

    private Archive archive(JsonNode tree) {
        List<Piece> pieces = new ArrayList<>();
        tree.required("pieces").forEach(node -> pieces.add(piece(node)));
        List<String> origins = new ArrayList<>();
        tree.required("origins").forEach(node -> origins.add(node.asText()));
        return new Archive(
                path,
                text(tree, "app"),
                text(tree, "host"),
                (int) number(tree, "port"),
                number(tree, "server_id"),
                position(tree.required("start")),
                pieces,
                Optional.ofNullable(tree.get("gtids")).map(DescriptionFile::gtids),
                cut(tree.required("cut")),
                tree.required("reached_end").asBoolean(),
                origins,
                Instant.parse(text(tree, "taken_at")));
    }

    private Piece piece(JsonNode node) {
        Path file = path.resolveSibling(text(node, "name"));
        long bytes = number(node, "bytes");
        return new Piece(
                file,
                text(node, "source_file"),
                number(node, "start"),
                number(node, "end"),
                format(file, bytes),
                bytes,
                number(node, "events"),
                number(node, "transactions"),
                text(node, "sha256"));
    }

    private static FormatDescription format(Path file, long bytes) {
        try (PieceReader reader = new PieceReader(file)) {
            if (reader.size() != bytes) {
                throw new ArchiveException(file + ": has " + reader.size() + " bytes instead of " + bytes
                        + "; it was changed after it was written");
            }
            EventHeader header = reader.header(Piece.FIRST_EVENT);
            return FormatDescription.parse(reader.bytes(Piece.FIRST_EVENT, (int) header.length()));
        }
    }

    private static Cut cut(JsonNode node) {
        return new Cut(
                number(node, "open_events"),
                number(node, "open_bytes"),
                number(node, "torn_bytes"),
                Optional.ofNullable(node.get("damage"))
                        .map(d -> new Cut.Damaged(
                                text(d, "file"), number(d, "offset"), number(d, "bytes"), text(d, "why"))));
    }

    private static Gtids gtids(JsonNode node) {
        return node.has("mysql") ? GtidSet.parse(text(node, "mysql")) : MariadbGtids.parse(text(node, "mariadb"));
    }

    private static BinlogPosition position(JsonNode node) {
        return new BinlogPosition(text(node, "file"), number(node, "offset"));
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.required(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return value.asText();
    }

    private static long number(JsonNode node, String name) {
        JsonNode value = node.required(name);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException(name + " is no whole number");
        }
        return value.asLong();
    }
}
