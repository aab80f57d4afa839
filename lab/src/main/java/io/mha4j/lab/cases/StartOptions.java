package io.mha4j.lab.cases;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.server.LabServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Starts a server with further options, which count for that start only. */
final class StartOptions {
    private StartOptions() {}

    /** {@code options} as on a command line, {@code --name} or {@code --name=value}. */
    static void start(LabServer server, List<String> options) {
        if (options.isEmpty()) {
            server.start();
            return;
        }
        try {
            String usual = Files.readString(server.configFile());
            StringBuilder text = new StringBuilder(usual).append('\n');
            options.forEach(option -> text.append(option.substring(2)).append('\n'));
            Folders.write(server.configFile(), text.toString());
            try {
                server.start();
            } finally {
                Folders.write(server.configFile(), usual);
            }
        } catch (IOException e) {
            throw new CaseFailed("cannot read " + server.configFile() + ": " + e.getMessage(), e);
        }
    }
}
