package io.mha4j.lab.oracle;

import io.mha4j.base.InterruptedWork;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.server.Installation;
import io.mha4j.lab.server.ServerKind;
import io.mha4j.lab.server.ServerStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that read binary logs: {@code mysqlbinlog} of MySQL 9.7 and {@code mariadb-binlog} of this machine. */
public final class LogPrograms {
    private static final Pattern PLACE = Pattern.compile("# at (\\d+)");

    private final ServerStore store;

    public LogPrograms(ServerStore store) {
        this.store = store;
    }

    /** How the program that fits {@code kind} is called on {@code file}; MySQL's fails on rows of 5.5. */
    public List<String> argv(ServerKind kind, Path file) {
        if (kind.isMariadb() || kind == ServerKind.MYSQL_5_5) {
            return List.of("mariadb-binlog", file.toString());
        }
        List<String> argv = new ArrayList<>(ofNewest("mysqlbinlog"));
        argv.add(file.toString());
        return argv;
    }

    /** How MySQL's command line client is called. */
    public List<String> client() {
        return ofNewest("mysql");
    }

    private List<String> ofNewest(String program) {
        Installation newest = store.installation(ServerKind.MYSQL_9_7);
        List<String> argv = new ArrayList<>(newest.software().argv());
        Path server = Path.of(argv.remove(argv.size() - 1));
        argv.add(server.resolveSibling("../bin/" + program).normalize().toString());
        return argv;
    }

    /**
     * Where the program says that events begin, in its order.
     *
     * @throws LabException if it does not end with 0
     */
    List<Long> places(ServerKind kind, Path file) {
        List<String> argv = argv(kind, file);
        List<Long> places = new ArrayList<>();
        try {
            Process process = new ProcessBuilder(argv)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher place = PLACE.matcher(line);
                    if (place.matches()) {
                        places.add(Long.parseLong(place.group(1)));
                    }
                }
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new LabException(argv + " ended with status " + status);
            }
            return places;
        } catch (IOException e) {
            throw new LabException("cannot run " + argv + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("reading " + file, e);
        }
    }
}
