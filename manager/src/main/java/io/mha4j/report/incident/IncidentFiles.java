package io.mha4j.report.incident;

import io.mha4j.report.AtomicFile;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.json.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Incidents of one application on disk: {@code <app>.incident-<time>.json}, for the owner's eyes only; none is ever deleted. */
public record IncidentFiles(StateFiles files, JsonForm json) {
    /**
     * Puts the incident on disk, as a whole or not at all; one of the same run, from a process that died before its end
     * was noted, is replaced. Works in an interrupted thread.
     *
     * @return where it is
     * @throws ReportException if the disk refuses
     */
    public Path write(Incident incident) {
        Path file = files.incident(incident.run());
        try {
            AtomicFile.keep(file, json.pretty(incident) + "\n");
            files.flushNames();
            return file;
        } catch (IOException e) {
            throw StateFiles.notWritten(file, e);
        }
    }

    /**
     * The latest incident's file, by the time in its name.
     *
     * @throws ReportException if the directory cannot be read
     */
    public Optional<Path> last() {
        String start = files.app() + ".incident-";
        try (Stream<Path> all = Files.list(files.workdir())) {
            return all.filter(file -> file.getFileName().toString().startsWith(start)
                            && file.getFileName().toString().endsWith(".json"))
                    .max(Comparator.comparing(file -> file.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateFiles.notRead(files.workdir(), e);
        }
    }
}
