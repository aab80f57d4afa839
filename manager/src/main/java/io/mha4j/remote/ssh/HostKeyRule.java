package io.mha4j.remote.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whose host keys are believed.
 *
 * @param strictness  what happens with a host that is in no file
 * @param userFiles   known_hosts files; a new key is added to the first
 * @param globalFiles more of them, only read
 * @param alias       the name to look for instead of the address
 */
record HostKeyRule(Strictness strictness, List<Path> userFiles, List<Path> globalFiles, Optional<String> alias) {
    HostKeyRule {
        userFiles = List.copyOf(userFiles);
        globalFiles = List.copyOf(globalFiles);
    }

    enum Strictness {
        /** Refused. */
        STRICT,
        /** Believed and remembered; a changed key is refused. */
        ACCEPT_NEW,
        /** Every key of every host is believed. */
        OFF
    }
}
