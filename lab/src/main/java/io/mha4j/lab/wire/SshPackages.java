package io.mha4j.lab.wire;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.fetch.DebianPackages;
import io.mha4j.lab.fetch.FetchCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * OpenSSH's server and the program that tells neighbours of an address, unpacked in the lab's cache: to install the one
 * would start a service on this machine.
 *
 * @param home where the packages are unpacked
 */
record SshPackages(Path home) {
    private static final List<String> PACKAGES = List.of("openssh-server", "libwrap0", "iputils-arping");

    /** Fetched when they are missing. */
    static SshPackages fetched(FetchCache cache, DebianPackages debian) {
        return new SshPackages(cache.entry("openssh", fresh -> debian.unpack(PACKAGES, fresh)));
    }

    Path sshd() {
        return home.resolve("usr/sbin/sshd");
    }

    /** Where {@code arping} is. */
    Path programs() {
        return home.resolve("usr/bin");
    }

    /** Where the libraries are that it needs beside this machine's. */
    Path libraries() {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.getFileName().toString().startsWith("libwrap.so."))
                    .findFirst()
                    .map(Path::getParent)
                    .orElseThrow(
                            () -> new LabException("no libwrap in " + home + "; remove that folder and start again"));
        } catch (IOException e) {
            throw new LabException("cannot look into " + home + ": " + e.getMessage(), e);
        }
    }
}
