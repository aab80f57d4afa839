package io.mha4j.lab.fetch;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Packages of Debian unstable, unpacked into a folder with everything they depend on. Uses an apt state of its own, so
 * that nothing of this machine's packages changes.
 */
public final class UnstablePackages {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final String KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /** Downloads {@code packages} and their dependencies and unpacks all of them into {@code into}. */
    public void unpack(List<String> packages, Path into) {
        Path apt = into.resolve("apt");
        prepare(apt);
        List<String> options = options(apt);
        Programs programs = Programs.within(LIMIT);
        programs.run(apt, command(options, List.of("update", "-q")));
        List<String> download = new ArrayList<>(List.of("install", "-y", "-q", "--no-install-recommends"));
        download.add("--download-only");
        download.addAll(packages);
        programs.run(apt, command(options, download));
        for (Path deb : debs(apt.resolve("cache/archives"))) {
            programs.run(apt, List.of("dpkg", "-x", deb.toString(), into.toString()));
        }
        Folders.delete(apt);
    }

    private static void prepare(Path apt) {
        Folders.make(apt.resolve("lists/partial"));
        Folders.make(apt.resolve("cache/archives/partial"));
        Folders.make(apt.resolve("state"));
        Folders.write(apt.resolve("status"), "");
        Folders.write(
                apt.resolve("sources.list"),
                "deb [signed-by=%s] %s sid main\n".formatted(KEYS, AptSources.ofThisMachine()));
    }

    private static List<String> options(Path apt) {
        return Stream.of(
                        "Dir::Etc::sourcelist=" + apt.resolve("sources.list"),
                        "Dir::Etc::sourceparts=-",
                        "Dir::State=" + apt.resolve("state"),
                        "Dir::State::lists=" + apt.resolve("lists"),
                        "Dir::State::status=" + apt.resolve("status"),
                        "Dir::Cache=" + apt.resolve("cache"),
                        "Dir::Cache::archives=" + apt.resolve("cache/archives"),
                        "Debug::NoLocking=1",
                        "APT::Sandbox::User=root")
                .flatMap(option -> Stream.of("-o", option))
                .toList();
    }

    private static List<String> command(List<String> options, List<String> words) {
        List<String> argv = new ArrayList<>(List.of("apt-get"));
        argv.addAll(options);
        argv.addAll(words);
        return argv;
    }

    private static List<Path> debs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> debs = files.filter(file -> file.toString().endsWith(".deb"))
                    .sorted()
                    .toList();
            if (debs.isEmpty()) {
                throw new LabException("apt-get downloaded no package into " + folder
                        + "; a clean-up hook of this machine's apt may delete them");
            }
            return debs;
        } catch (IOException e) {
            throw new LabException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
