package io.mha4j.remote.ssh;

import io.mha4j.base.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one ssh_config file says about one host: {@code Host} sections and {@code Include}. A {@code Match} section is left
 * out, because only ssh itself can tell whether it applies. Keywords are case-insensitive; the first value counts.
 */
final class SshConfigFile {
    private static final int DEEPEST_INCLUDE = 8;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final String host;
    private final Path home;
    private final Map<String, List<String>> values = new HashMap<>();

    private SshConfigFile(String host, Path home) {
        this.host = host;
        this.home = home;
    }

    /**
     * Reads what {@code file} says about {@code host}; a missing file says nothing.
     *
     * @param home for {@code Include} with a relative path
     * @throws CommandException if the file exists but cannot be read
     */
    static SshConfigFile of(Path file, String host, Path home) {
        SshConfigFile config = new SshConfigFile(host, home);
        if (Files.exists(file)) {
            config.read(file, 0);
        }
        return config;
    }

    /** The first value of a keyword in lower case. */
    Optional<String> value(String keyword) {
        return values(keyword).stream().findFirst();
    }

    /** All values of a keyword in lower case, in order. */
    List<String> values(String keyword) {
        return values.getOrDefault(keyword, List.of());
    }

    private void read(Path file, int depth) {
        List<String> lines;
        try {
            lines = List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\\R"));
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read (" + e.getMessage() + "); correct its permissions", e);
        }
        boolean applies = true;
        for (String line : lines) {
            String[] parts = line.strip().split("\\s*=\\s*|\\s+", 2);
            if (parts.length < 2 || parts[0].startsWith("#")) {
                continue;
            }
            String keyword = parts[0].toLowerCase(Locale.ROOT);
            if (keyword.equals("host")) {
                applies = matches(parts[1]);
            } else if (keyword.equals("match")) {
                applies = false;
            } else if (applies) {
                take(keyword, parts[1], depth);
            }
        }
    }

    private void take(String keyword, String value, int depth) {
        if (!keyword.equals("include")) {
            values.computeIfAbsent(keyword, k -> new ArrayList<>()).add(unquoted(value));
        } else if (depth < DEEPEST_INCLUDE) {
            for (String pattern : BLANKS.splitAsStream(value).toList()) {
                included(unquoted(pattern)).forEach(file -> read(file, depth + 1));
            }
        }
    }

    private List<Path> included(String pattern) {
        Path path = home.resolve(".ssh").resolve(pattern.startsWith("~/") ? home + pattern.substring(1) : pattern);
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder, path.getFileName().toString())) {
            List<Path> files = new ArrayList<>();
            found.forEach(files::add);
            return files.stream().filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new CommandException(folder + " cannot be read (" + e.getMessage() + "); correct its permissions", e);
        }
    }

    private boolean matches(String patterns) {
        boolean any = false;
        for (String pattern : BLANKS.splitAsStream(patterns).toList()) {
            boolean negated = pattern.startsWith("!");
            if (host.matches(regex(unquoted(negated ? pattern.substring(1) : pattern)))) {
                if (negated) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    private static String regex(String pattern) {
        return pattern.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
