package io.mha4j.binlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The recorded logs of real servers below {@code src/test/resources/binlogs}. */
public final class SampleLogs {
    private SampleLogs() {}

    /** One file. {@code set} is the server's kind and format, {@code role} source or replica. */
    @SuppressWarnings("ArrayRecordComponent") // read only, never compared
    record Log(String set, String role, String name, byte[] bytes) {
        boolean gtids() {
            return !set.startsWith("5.5") && (set.startsWith("mariadb") || !set.endsWith("statement"));
        }

        @Override
        public String toString() {
            return set + "/" + role + "/" + name;
        }
    }

    /** What a scan says. */
    record Scan(List<Event> events, Optional<Damage> damage, long offset, long torn, TransactionReader transactions) {}

    static List<Log> all() {
        return sets().flatMap(set -> Stream.concat(of(set, "source").stream(), of(set, "replica").stream()))
                .toList();
    }

    static Stream<String> sets() {
        return names(root());
    }

    /** The logs of one server in their order; none if there are none. */
    static List<Log> of(String set, String role) {
        Path folder = folder(set, role);
        return Files.isDirectory(folder)
                ? names(folder)
                        .map(name -> new Log(set, role, name, read(folder.resolve(name))))
                        .toList()
                : List.of();
    }

    static Log log(String set, String role, String name) {
        return new Log(set, role, name, read(folder(set, role).resolve(name)));
    }

    static Scan scan(byte[] bytes) {
        return scan(bytes, bytes.length);
    }

    /** The first {@code length} bytes, in one piece. */
    static Scan scan(byte[] bytes, int length) {
        List<Event> events = new ArrayList<>();
        TransactionReader transactions = new TransactionReader();
        EventScanner scanner = EventScanner.fromStart(event -> {
            events.add(event);
            transactions.accept(event);
        });
        scanner.accept(bytes, 0, length);
        return new Scan(events, scanner.damage(), scanner.offset(), scanner.torn(), transactions);
    }

    /** Where the logs of one server are. */
    public static Path folder(String set, String role) {
        return root().resolve(set).resolve(role);
    }

    /** Where the folders of all sets are. */
    public static Path root() {
        URL folder = Objects.requireNonNull(SampleLogs.class.getResource("/binlogs"));
        try {
            return Path.of(folder.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".md"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
