package io.mha4j.lab.server;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.fetch.MavenJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** MySQL 5.5.9 from the files of Connector/MXJ: programs in the jar, data and messages in jars within it. */
record Mysql55() implements Recipe {
    private static final String PROGRAMS = "5-5-9/Linux-x86_64/";

    @Override
    public String origin() {
        return "mysql:mysql-connector-mxj-db-files:5.0.12";
    }

    @Override
    public void unpack(Path home) {
        Path jar = new MavenJar(origin()).fetchInto(home);
        MavenJar.unpack(jar, PROGRAMS, home.resolve("bin"));
        unpackInner(jar, "share_dir.jar", home);
        unpackInner(jar, "data_dir.jar", home.resolve("data"));
        Folders.delete(jar);
        Recipe.makeExecutable(home.resolve("bin"));
    }

    private static void unpackInner(Path jar, String name, Path to) {
        Path inner = jar.resolveSibling(name);
        MavenJar.unpack(jar, "5-5-9/" + name, inner);
        MavenJar.unpack(inner, "", to);
        Folders.delete(inner);
    }

    @Override
    public Software software(Path home) {
        return new Software(
                List.of(home.resolve("bin/mysqld").toString()),
                Map.of(),
                Map.of(
                        "basedir", home.toString(),
                        "lc-messages-dir", home.resolve("share").toString(),
                        "character-sets-dir", home.resolve("share/charsets").toString()));
    }

    @Override
    public void initialise(Path home, Path data) {
        Folders.copy(home.resolve("data"), data);
    }
}
