package io.mha4j.lab.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where the process of a server runs. */
@FunctionalInterface
public interface Machine {
    /** The one that this process runs on. */
    Machine THIS = ServerProcess::start;

    /**
     * Starts a process that goes on by itself.
     *
     * @param folder  its working directory
     * @param console output goes to its end
     * @return the process as this Java process sees it
     */
    ProcessHandle start(List<String> argv, Map<String, String> environment, Path folder, Path console)
            throws IOException;
}
