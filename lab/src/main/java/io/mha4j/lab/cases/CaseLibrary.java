package io.mha4j.lab.cases;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.script.CaseFile;
import io.mha4j.lab.script.CaseReader;
import io.mha4j.lab.server.ServerKind;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The cases of one folder, each a folder with a {@code case.txt}. */
final class CaseLibrary {
    private static final String CASE_FILE = "case.txt";

    private final Path folder;

    CaseLibrary(Path folder) {
        this.folder = folder;
    }

    /** The cases whose names match the glob, in order of their names. */
    List<CaseFile> matching(String glob) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(each -> Files.exists(each.resolve(CASE_FILE)))
                    .map(each -> each.getFileName().toString())
                    .filter(name -> matcher.matches(Path.of(name)))
                    .sorted()
                    .map(this::read)
                    .toList();
        } catch (IOException e) {
            throw new LabException("cannot list the cases in " + folder + ": " + e.getMessage(), e);
        }
    }

    CaseFile read(String name) {
        Path file = folder.resolve(name).resolve(CASE_FILE);
        try {
            List<String> kinds =
                    Arrays.stream(ServerKind.values()).map(ServerKind::label).toList();
            return CaseReader.read(name, file.toString(), Files.readString(file), kinds);
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
