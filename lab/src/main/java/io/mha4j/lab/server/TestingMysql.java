package io.mha4j.lab.server;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.fetch.MavenJar;
import io.mha4j.lab.fetch.Tarball;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** MySQL 5.7 and 8.0 as a test library packs them: the server alone, in a tar file in a jar. */
record TestingMysql(String origin) implements Recipe {
    private static final String TAR = "mysql-Linux-amd64.tar.gz";

    @Override
    public List<String> debianPackages() {
        return List.of("libaio1", "libnuma1");
    }

    @Override
    public void unpack(Path home) {
        Path jar = new MavenJar(origin).fetchInto(home);
        MavenJar.unpack(jar, TAR, home.resolve("tar.gz"));
        Tarball.unpack(home.resolve("tar.gz"), home.resolve("mysql"), 0);
        Folders.delete(jar);
        Folders.delete(home.resolve("tar.gz"));
    }

    @Override
    public Software software(Path home) {
        Path mysql = home.resolve("mysql");
        return new Software(
                List.of(mysql.resolve("bin/mysqld").toString()),
                Map.of("LD_LIBRARY_PATH", mysql.resolve("lib").toString()),
                Map.of(
                        "basedir", mysql.toString(),
                        "lc-messages-dir", mysql.resolve("share").toString(),
                        "character-sets-dir", mysql.resolve("share/charsets").toString()));
    }

    @Override
    public void initialise(Path home, Path data) {
        Recipe.initialiseInsecurely(software(home), data);
    }
}
