package io.mha4j.report.word;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mha4j.report.AtomicFile;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.SeenStatus;
import io.mha4j.report.StateFiles;
import io.mha4j.report.json.FormException;
import io.mha4j.report.json.JsonForm;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a running manager says of itself, with the process that it is about: nobody else's word counts, and not after its end.
 *
 * @param file one of the {@link StateFiles}
 * @param kind of what is said: a record with a JSON form
 */
public record WordFile<T>(Path file, Class<T> kind) {
    /** The file's content. */
    private record Content(String process, JsonNode word) {}

    /** @throws io.mha4j.report.ReportException if it cannot be written */
    public void write(ProcessIdentity self, T word, Instant now) {
        JsonForm json = new JsonForm();
        try {
            AtomicFile.write(file, json.line(new Content(self.toString(), json.tree(word))) + "\n", now);
        } catch (IOException e) {
            throw StateFiles.notWritten(file, e);
        }
    }

    /** @throws io.mha4j.report.ReportException if it is there and cannot be removed */
    public void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StateFiles.notWritten(file, e);
        }
    }

    /**
     * What the manager behind a status file says; empty if it does not run or has not said anything.
     *
     * @throws io.mha4j.report.ReportException if there is a file that cannot be read
     */
    public Optional<T> read(SeenStatus manager) {
        return manager.process().isAlive() ? text().flatMap(text -> saidBy(manager.process(), text)) : Optional.empty();
    }

    private Optional<String> text() {
        try {
            return Optional.of(AtomicFile.read(file));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StateFiles.notRead(file, e);
        }
    }

    /** It is replaced as a whole: one that is damaged is of another version, or nobody's. */
    private Optional<T> saidBy(ProcessIdentity process, String text) {
        JsonForm json = new JsonForm();
        try {
            Content content = json.read(asWrittenNow(json.read(text, JsonNode.class)), Content.class);
            return content.process().equals(process.toString())
                    ? Optional.of(json.read(content.word(), kind))
                    : Optional.empty();
        } catch (FormException e) {
            return Optional.empty();
        }
    }

    /** Builds before this kind of file named what is said after its kind, and a manager of theirs may still run; to go with the next release. */
    private static JsonNode asWrittenNow(JsonNode written) {
        if (written instanceof ObjectNode content && content.has("asked")) {
            content.set("word", content.remove("asked"));
        } else if (written instanceof ObjectNode content && content.has("troubles")) {
            content.putObject("word").set("troubles", content.remove("troubles"));
        }
        return written;
    }
}
