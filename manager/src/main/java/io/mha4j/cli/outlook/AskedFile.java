package io.mha4j.cli.outlook;

import io.mha4j.report.AtomicFile;
import io.mha4j.report.EventLog;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.ReportException;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.json.FormException;
import io.mha4j.report.json.JsonForm;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a watching manager was asked, on disk for who wants to know what it would do, with the process that it is about: nobody
 * else's word counts, and not after its end. A file that cannot be written ends nothing.
 */
final class AskedFile {
    private final StateFiles files;
    private final ProcessIdentity self;
    private final InstantSource clock;
    private final EventLog log;

    AskedFile(StateFiles files, ProcessIdentity self, InstantSource clock, EventLog log) {
        this.files = files;
        this.self = self;
        this.clock = clock;
        this.log = log;
    }

    /** The file's content. */
    private record Content(String process, Asked asked) {}

    void write(Asked asked) {
        try {
            String text = new JsonForm().line(new Content(self.toString(), asked)) + "\n";
            AtomicFile.write(files.wishes(), text, clock.instant());
        } catch (IOException e) {
            log.warning(
                    "{}; masterha_check_status goes by a manager without options",
                    StateFiles.notWritten(files.wishes(), e).getMessage());
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(files.wishes());
        } catch (IOException e) {
            log.warning("{}", StateFiles.notWritten(files.wishes(), e).getMessage());
        }
    }

    /**
     * What the manager behind a status file was asked; empty if it does not run or has not said so.
     *
     * @throws ReportException if there is a file that cannot be read
     */
    static Optional<Asked> read(StateFiles files, SeenStatus manager) {
        if (!manager.process().isAlive()) {
            return Optional.empty();
        }
        return text(files)
                .flatMap(AskedFile::parsed)
                .filter(c -> ProcessIdentity.parse(c.process()).equals(Optional.of(manager.process())))
                .map(Content::asked);
    }

    private static Optional<String> text(StateFiles files) {
        try {
            return Optional.of(AtomicFile.read(files.wishes()));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateFiles.notRead(files.wishes(), e);
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
