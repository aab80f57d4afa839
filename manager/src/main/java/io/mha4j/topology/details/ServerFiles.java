package io.mha4j.topology.details;

import java.util.Optional;

/**
 * Where a server says that its files are, as absolute paths on its host.
 *
 * @param processFile holds its process id
 * @param errorLog    empty when it writes its errors elsewhere than into a file
 */
public record ServerFiles(String datadir, String processFile, Optional<String> errorLog) {
    /**
     * From the server's own words, which may be relative to its data directory.
     *
     * @param logError {@code log_error}: a path, empty, or {@code stderr}
     * @return empty unless the words say enough
     */
    public static Optional<ServerFiles> of(String datadir, String pidFile, String logError) {
        if (!datadir.startsWith("/") || pidFile.isEmpty()) {
            return Optional.empty();
        }
        String folder =
                datadir.length() > 1 && datadir.endsWith("/") ? datadir.substring(0, datadir.length() - 1) : datadir;
        Optional<String> log = Optional.of(logError)
                .filter(path -> !path.isEmpty() && !path.equals("stderr"))
                .map(path -> absolute(folder, path));
        return Optional.of(new ServerFiles(folder, absolute(folder, pidFile), log));
    }

    private static String absolute(String folder, String path) {
        return path.startsWith("/") ? path : folder + "/" + (path.startsWith("./") ? path.substring(2) : path);
    }
}
