package io.mha4j.lab.server;

import java.util.List;
import java.util.Map;

/**
 * The unpacked program of a server.
 *
 * @param argv        program with what must come before its options
 * @param environment variables it needs
 * @param options     options that say where its parts lie
 */
public record Software(List<String> argv, Map<String, String> environment, Map<String, String> options) {
    public Software {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        options = Map.copyOf(options);
    }
}
