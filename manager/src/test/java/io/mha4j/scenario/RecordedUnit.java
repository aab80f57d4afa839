package io.mha4j.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a real systemd said about a service of a database server at some moment; recorded in {@code systemd/debian-12.txt}.
 *
 * @param shown lines {@code name=value}
 */
public record RecordedUnit(String shown) {
    /** @param moment a heading of that file */
    public static RecordedUnit at(String moment) {
        String heading = "## " + moment + "\n";
        String all = text();
        int start = all.indexOf(heading);
        if (start < 0) {
            throw new IllegalArgumentException("nothing is recorded of [" + moment + "]");
        }
        String rest = all.substring(start + heading.length());
        int end = rest.indexOf("\n\n");
        return new RecordedUnit(end < 0 ? rest : rest.substring(0, end));
    }

    /** By name; empty values as they are. */
    public Map<String, String> properties() {
        return shown.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static String text() {
        try (InputStream in = RecordedUnit.class.getResourceAsStream("/systemd/debian-12.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
