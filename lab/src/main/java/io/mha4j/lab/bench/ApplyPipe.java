package io.mha4j.lab.bench;

import io.mha4j.archive.Archive;
import io.mha4j.archive.Piece;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.oracle.LogPrograms;
import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.server.ServerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Applies saved events as MHA does, by {@code mysqlbinlog | mysql}, without the options that only slow it down. */
final class ApplyPipe {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final LogPrograms programs;
    private final ServerKind kind;

    ApplyPipe(LogPrograms programs, ServerKind kind) {
        this.programs = programs;
        this.kind = kind;
    }

    String words() {
        return kind.isMariadb() ? "mariadb-binlog | mariadb" : "mysqlbinlog | mysql";
    }

    /** Milliseconds that it took. */
    long apply(Archive archive, LabServer to, Path work) {
        String line = reader(archive) + " | " + writer(to);
        long start = System.nanoTime();
        Programs.within(LIMIT).run(work, List.of("/bin/bash", "-o", "pipefail", "-c", line));
        return (System.nanoTime() - start) / 1_000_000;
    }

    private String reader(Archive archive) {
        List<String> files =
                archive.pieces().stream().map(Piece::file).map(Path::toString).toList();
        List<String> argv = new ArrayList<>(programs.argv(kind, Path.of(files.get(0))));
        argv.addAll(files.subList(1, files.size()));
        return quoted(argv);
    }

    /** MySQL's present client cannot log in to 5.7 any more: it does not know the way in which accounts do it there. */
    private String writer(LabServer to) {
        boolean mysql = kind == ServerKind.MYSQL_8_0 || kind == ServerKind.MYSQL_9_7;
        List<String> argv = new ArrayList<>(mysql ? programs.client() : List.of("mariadb"));
        argv.addAll(List.of(
                "--no-defaults",
                "--binary-mode",
                "--max-allowed-packet=1G",
                "--user=" + Account.ROOT.user(),
                "--password=" + Account.ROOT.password(),
                "--host=" + to.host(),
                "--port=" + to.port()));
        return quoted(argv);
    }

    private static String quoted(List<String> argv) {
        return argv.stream().map(word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
    }
}
