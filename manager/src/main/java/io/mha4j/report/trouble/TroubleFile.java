package io.mha4j.report.trouble;

import io.mha4j.report.AtomicFile;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.json.FormException;
import io.mha4j.report.json.JsonForm;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Troubles on disk, with the process that knows them: nobody else's word counts, and not after its end. */
public final class TroubleFile {
    private final StateFiles files;
    private final ProcessIdentity self;

    TroubleFile(StateFiles files, ProcessIdentity self) {
        this.files = files;
        this.self = self;
    }

    /** The file's content. */
    private record Content(String process, List<Trouble> troubles) {}

    /** @throws io.mha4j.report.ReportException if it cannot be written */
    void write(List<Trouble> troubles, Instant now) {
        try {
            if (troubles.isEmpty()) {
                Files.deleteIfExists(files.troubles());
            } else {
                String text = new JsonForm().line(new Content(self.toString(), troubles)) + "\n";
                AtomicFile.write(files.troubles(), text, now);
            }
        } catch (IOException e) {
            throw StateFiles.notWritten(files.troubles(), e);
        }
    }

    /**
     * What the manager behind a status file knows to be wrong; nothing if it does not run.
     *
     * @throws io.mha4j.report.ReportException if there is a file that cannot be read
     */
    public static List<Trouble> read(StateFiles files, SeenStatus manager) {
        if (!manager.process().isAlive()) {
            return List.of();
        }
        return text(files)
                .flatMap(TroubleFile::parsed)
                .filter(c -> ProcessIdentity.parse(c.process()).equals(Optional.of(manager.process())))
                .map(Content::troubles)
                .orElse(List.of());
    }

    private static Optional<String> text(StateFiles files) {
        try {
            return Optional.of(AtomicFile.read(files.troubles()));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateFiles.notRead(files.troubles(), e);
        }
    }

    /** It is replaced as a whole: one that is damaged is of another version, or nobody's. */
    private static Optional<Content> parsed(String text) {
        try {
            return Optional.of(new JsonForm().read(text, Content.class));
        } catch (FormException e) {
            return Optional.empty();
        }
    }
}
