package io.mha4j.lab.fetch;

import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which host this machine gets Debian from, read from its apt sources (sources.list(5), both forms). */
final class AptSources {
    private static final Path ONE_LINE_FILE = Path.of("/etc/apt/sources.list");
    private static final Path FOLDER = Path.of("/etc/apt/sources.list.d");
    private static final Pattern ONE_LINE =
            Pattern.compile("(?m)^\\s*deb\\s+(?:\\[[^]]*]\\s*)?(\\S+)\\s+(\\S+)\\s+main\\b");
    private static final Pattern URIS = Pattern.compile("(?mi)^URIs:\\s*(\\S+)");
    private static final Pattern SUITES = Pattern.compile("(?mi)^Suites:\\s*(.*)$");
    private static final Pattern CODENAME = Pattern.compile("(?m)^VERSION_CODENAME=\"?(\\w+)\"?$");

    private AptSources() {}

    /**
     * The URI of the archive that has this machine's own release.
     *
     * @throws LabException if the machine has no such source
     */
    static String ofThisMachine() {
        String release = codename(read(Path.of("/etc/os-release")));
        return files().stream()
                .map(AptSources::read)
                .flatMap(text -> archiveOf(release, text).stream())
                .findFirst()
                .orElseThrow(() -> new LabException("no apt source of this machine has main of '" + release
                        + "'; MySQL 9.7 comes from the same Debian archive"));
    }

    private static String codename(String osRelease) {
        Matcher codename = CODENAME.matcher(osRelease);
        return codename.find() ? codename.group(1) : "stable";
    }

    /** The archive in one sources file that serves {@code release}. */
    static Optional<String> archiveOf(String release, String text) {
        Matcher line = ONE_LINE.matcher(text);
        while (line.find()) {
            if (line.group(2).equals(release)) {
                return Optional.of(line.group(1));
            }
        }
        return Stream.of(text.split("\\n\\s*\\n", -1))
                .filter(stanza -> serves(release, stanza))
                .map(URIS::matcher)
                .filter(Matcher::find)
                .map(uris -> uris.group(1))
                .findFirst();
    }

    private static boolean serves(String release, String stanza) {
        Matcher suites = SUITES.matcher(stanza);
        return suites.find() && List.of(suites.group(1).trim().split("\\s+")).contains(release);
    }

    private static List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (Files.exists(ONE_LINE_FILE)) {
            files.add(ONE_LINE_FILE);
        }
        if (Files.isDirectory(FOLDER)) {
            try (Stream<Path> parts = Files.list(FOLDER)) {
                parts.sorted().forEach(files::add);
            } catch (IOException e) {
                throw new LabException("cannot list " + FOLDER + ": " + e.getMessage(), e);
            }
        }
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
