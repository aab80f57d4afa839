package io.mha4j.lab.server;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.fetch.DebianPackages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** MariaDB as Debian 12 installs it; the core package starts no service. */
record DebianMariadb(DebianPackages debian) implements Recipe {
    private static final String SERVER = "mariadb-server-core";

    @Override
    public List<String> debianPackages() {
        return List.of(SERVER, "mariadb-client");
    }

    @Override
    public String origin() {
        return "Debian " + SERVER + " " + debian.versions(List.of(SERVER)).getOrDefault(SERVER, "not installed");
    }

    @Override
    public void unpack(Path home) {
        Folders.write(home.resolve("README"), "The program is installed on this machine as /usr/sbin/mariadbd.\n");
    }

    @Override
    public Software software(Path home) {
        return new Software(List.of("/usr/sbin/mariadbd"), Map.of(), Map.of("basedir", "/usr"));
    }

    @Override
    public void initialise(Path home, Path data) {
        install(Path.of("/usr/bin/mariadb-install-db"), Path.of("/usr"), data);
    }

    /** Runs MariaDB's own script; root gets an empty password, not the unix socket. */
    static void install(Path script, Path basedir, Path data) {
        Programs.within(Duration.ofMinutes(3))
                .run(
                        basedir,
                        List.of(
                                script.toString(),
                                "--no-defaults",
                                "--user=" + System.getProperty("user.name"),
                                "--basedir=" + basedir,
                                "--datadir=" + data,
                                "--auth-root-authentication-method=normal",
                                "--skip-test-db"));
    }
}
