package io.mha4j.mysql.apply;

import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.LittleEndian;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of LOAD DATA, which come in blocks before their statement. They wait in temporary files, since one may be
 * larger than memory.
 */
final class LoadedFiles implements AutoCloseable {
    private static final int FILE_ID_AT = EventHeader.BYTES;
    private static final int FILE_ID_BYTES = 4;
    private static final int QUERY_HEAD = 13;
    private static final int IGNORE = 1;
    private static final int REPLACE = 2;

    private final Map<Long, Path> files = new HashMap<>();

    /** The first block of a file. A file of that number that is here still was given up by its source. */
    void begin(Event event) {
        long id = id(event, FILE_ID_AT);
        discard(id);
        try {
            files.put(id, Files.createTempFile("mha4j_load", ".data"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep a file of LOAD DATA", e);
        }
        append(event);
    }

    /** A further block of a file. */
    void append(Event event) {
        byte[] bytes = event.head();
        int from = FILE_ID_AT + FILE_ID_BYTES;
        Path file = known(id(event, FILE_ID_AT));
        try {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
                out.write(bytes, from, (int) event.lengthWithoutChecksum() - from);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep a file of LOAD DATA", e);
        }
    }

    private Path known(long id) {
        Path file = files.get(id);
        if (file == null) {
            throw new IllegalArgumentException("the file that LOAD DATA reads (number " + id
                    + ") begins before the events that are applied; some of its rows would be missing");
        }
        return file;
    }

    void delete(Event event) {
        discard(id(event, FILE_ID_AT));
    }

    private static long id(Event event, int at) {
        return LittleEndian.unsigned(event.head(), at, FILE_ID_BYTES);
    }

    /** The statement of an EXECUTE_LOAD_QUERY, with the file's place taken by one that we send. */
    Statement statement(Event event, QueryText query) {
        int at = EventHeader.BYTES + QUERY_HEAD;
        int from = (int) LittleEndian.unsigned(event.head(), at + 4, 4);
        int to = (int) LittleEndian.unsigned(event.head(), at + 8, 4);
        byte[] text = query.text();
        return new Statement(
                Statement.beginning(text),
                out -> {
                    out.write(text, 0, from);
                    out.write(Statement.bytes(" LOCAL INFILE 'mha4j'" + duplicates(event) + " INTO "));
                    out.write(text, to, text.length - to);
                },
                Optional.of(content(id(event, at))));
    }

    private static int duplicateHandling(Event event) {
        return event.head()[EventHeader.BYTES + QUERY_HEAD + 12];
    }

    private static String duplicates(Event event) {
        return switch (duplicateHandling(event)) {
            case IGNORE -> " IGNORE";
            case REPLACE -> " REPLACE";
            default -> "";
        };
    }

    /** Whether a duplicate row must be an error; a file of the client's makes the server skip it instead. */
    static boolean refusesDuplicates(Event event) {
        return duplicateHandling(event) == 0;
    }

    private InputStream content(long id) {
        Path file = known(id);
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a file of LOAD DATA", e);
        }
    }

    /** The file of an EXECUTE_LOAD_QUERY is not needed any more. */
    void done(Event event) {
        discard(id(event, EventHeader.BYTES + QUERY_HEAD));
    }

    private void discard(long id) {
        Path file = files.remove(id);
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + file, e);
            }
        }
    }

    @Override
    public void close() {
        for (Long id : List.copyOf(files.keySet())) {
            discard(id);
        }
    }
}
