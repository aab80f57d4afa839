package io.mha4j.lab.fetch;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Packages of this machine's own Debian: installed when missing, after one line that says which. */
public final class DebianPackages {
    /** What faults and cases need beside servers. */
    public static final List<String> TOOLS = List.of("iproute2", "nftables", "procps", "util-linux");

    private static final Path ROOT = Path.of("/");

    private final PrintStream says;
    private final Programs programs =
            Programs.within(Duration.ofMinutes(10)).with(Map.of("DEBIAN_FRONTEND", "noninteractive"));

    /** Says what it installs on {@code says}. */
    public DebianPackages(PrintStream says) {
        this.says = says;
    }

    /**
     * Makes sure that all {@code packages} are installed.
     *
     * @throws LabException naming what is missing and how to install it by hand
     */
    public void require(List<String> packages) {
        List<String> missing = missing(packages);
        if (missing.isEmpty()) {
            return;
        }
        says.println("lab: installing Debian packages " + String.join(" ", missing));
        try {
            install(missing);
        } catch (LabException e) {
            throw new LabException(
                    "Debian packages are missing; as root: apt-get install %s: %s"
                            .formatted(String.join(" ", missing), e.getMessage()),
                    e);
        }
    }

    private void install(List<String> missing) {
        List<String> argv = new ArrayList<>(List.of("apt-get", "install", "-y", "-q", "--no-install-recommends"));
        argv.addAll(missing);
        if (programs.tryRun(ROOT, argv).exitStatus() != 0) {
            // Without lists, or with stale ones, the first attempt cannot find the files.
            programs.tryRun(ROOT, List.of("apt-get", "update", "-q"));
            programs.run(ROOT, argv);
        }
    }

    /** Downloads {@code packages}, without what they depend on, and unpacks them into {@code into}; installs nothing. */
    public void unpack(List<String> packages, Path into) {
        says.println("lab: fetching Debian packages " + String.join(" ", packages));
        Path debs = Folders.make(into.resolve("debs"));
        List<String> argv = new ArrayList<>(List.of("apt-get", "-o", "APT::Sandbox::User=root", "download", "-q"));
        argv.addAll(packages);
        if (programs.tryRun(debs, argv).exitStatus() != 0) {
            programs.tryRun(ROOT, List.of("apt-get", "update", "-q"));
            programs.run(debs, argv);
        }
        for (Path deb : Folders.list(debs)) {
            programs.run(ROOT, List.of("dpkg", "-x", deb.toString(), into.toString()));
        }
        Folders.delete(debs);
    }

    private List<String> missing(List<String> packages) {
        Map<String, String> versions = versions(packages);
        return packages.stream().filter(name -> !versions.containsKey(name)).toList();
    }

    /** Installed versions by package name; packages that are not installed are left out. */
    public Map<String, String> versions(List<String> packages) {
        if (!Files.isExecutable(Path.of("/usr/bin/dpkg-query"))) {
            throw new LabException(
                    "this lab needs %s and this machine has no dpkg to ask for them; run it on Debian or Ubuntu"
                            .formatted(String.join(" ", packages)));
        }
        List<String> argv =
                new ArrayList<>(List.of("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status} ${Version}\\n"));
        argv.addAll(packages);
        Map<String, String> found = new HashMap<>();
        for (String line : programs.tryRun(ROOT, argv).output().split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[1].equals("installed")) {
                found.put(words[0], words[2]);
            }
        }
        return found;
    }
}
