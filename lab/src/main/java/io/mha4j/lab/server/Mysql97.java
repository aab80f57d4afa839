package io.mha4j.lab.server;

import io.mha4j.lab.fetch.UnstablePackages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** MySQL 9.7 of Debian unstable, unpacked with all its libraries beside this machine's own and run on its own loader. */
record Mysql97() implements Recipe {
    private static final List<String> PACKAGES = List.of("mysql-server-core", "mysql-client-core");

    @Override
    public String origin() {
        return "Debian unstable " + String.join(" ", PACKAGES);
    }

    @Override
    public void unpack(Path home) {
        new UnstablePackages().unpack(PACKAGES, home);
    }

    @Override
    public Software software(Path home) {
        Path usr = home.resolve("usr");
        return new Software(
                List.of(
                        usr.resolve("lib64/ld-linux-x86-64.so.2").toString(),
                        "--library-path",
                        usr.resolve("lib/x86_64-linux-gnu").toString(),
                        usr.resolve("sbin/mysqld").toString()),
                Map.of(),
                Map.of(
                        "basedir", usr.toString(),
                        "lc-messages-dir", usr.resolve("share/mysql").toString(),
                        "plugin-dir", usr.resolve("lib/mysql/plugin").toString(),
                        "character-sets-dir",
                                usr.resolve("share/mysql/charsets").toString(),
                        "secure-file-priv", ""));
    }

    @Override
    public void initialise(Path home, Path data) {
        Recipe.initialiseInsecurely(software(home), data);
    }
}
