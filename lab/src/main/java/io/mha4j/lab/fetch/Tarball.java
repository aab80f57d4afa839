package io.mha4j.lab.fetch;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Unpacks gzipped tar files; the files belong to us, whoever packed them. */
public final class Tarball {
    private Tarball() {}

    /** Unpacks {@code file} into {@code to}, without the first {@code strip} folders of each name. */
    public static void unpack(Path file, Path to, int strip) {
        Folders.make(to);
        Programs.within(Duration.ofMinutes(2))
                .run(
                        to,
                        List.of(
                                "tar",
                                "--no-same-owner",
                                "--strip-components=" + strip,
                                "-xzf",
                                file.toAbsolutePath().toString()));
    }
}
