package io.mha4j.report.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.mha4j.report.ReportException;
import io.mha4j.report.journal.JournalContent.End;
import io.mha4j.report.journal.JournalContent.StepRecord;
import io.mha4j.report.journal.JournalEntry.Closed;
import io.mha4j.report.journal.JournalEntry.Opened;
import io.mha4j.report.journal.JournalEntry.Resumed;
import io.mha4j.report.journal.JournalEntry.StepFailed;
import io.mha4j.report.journal.JournalEntry.StepFinished;
import io.mha4j.report.journal.JournalEntry.StepStarted;
import io.mha4j.report.json.FormException;
import io.mha4j.report.json.JsonForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the bytes of a journal. A last line that is cut off or no JSON was being written when its writer died, and does
 * not count; every other flaw is an error, for nothing may be guessed about what was done to servers.
 */
final class JournalReader {
    private final Path file;
    private final JsonForm json;
    private final List<Resumed> resumed = new ArrayList<>();
    private final List<StepRecord> steps = new ArrayList<>();
    private Optional<Opened> opened = Optional.empty();
    private Optional<Closed> closed = Optional.empty();
    private int goodBytes;
    private int line;

    private JournalReader(Path file, JsonForm json) {
        this.file = file;
        this.json = json;
    }

    /**
     * @param content   empty if not even the first line is whole, so that nothing had begun
     * @param goodBytes how much of the file is whole lines
     */
    record Reading(Optional<JournalContent> content, int goodBytes) {}

    static Reading read(Path file, byte[] bytes, JsonForm json) {
        JournalReader reader = new JournalReader(file, json);
        reader.readLines(bytes);
        boolean torn = reader.goodBytes < bytes.length;
        return new Reading(
                reader.opened.map(o -> new JournalContent(o, reader.resumed, reader.steps, reader.closed, torn)),
                reader.goodBytes);
    }

    private void readLines(byte[] bytes) {
        int end = next(bytes, 0);
        while (end >= 0) {
            line++;
            String text = new String(bytes, goodBytes, end - goodBytes, StandardCharsets.UTF_8);
            int after = next(bytes, end + 1);
            Optional<JsonNode> tree = tree(text);
            if (tree.isEmpty() && after < 0 && end + 1 == bytes.length) {
                return; // whole blocks may reach the disk out of order: the last line is torn although it has an end
            }
            take(tree.orElseThrow(() -> damaged("is not JSON")));
            goodBytes = end + 1;
            end = after;
        }
    }

    private static int next(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private Optional<JsonNode> tree(String text) {
        try {
            return Optional.of(json.read(text, JsonNode.class)).filter(JsonNode::isObject);
        } catch (FormException e) {
            return Optional.empty();
        }
    }

    private void take(JsonNode tree) {
        if (line == 1) {
            requireVersion(tree);
        }
        JournalEntry entry = entry(tree);
        if ((line == 1) != (entry instanceof Opened) || closed.isPresent()) {
            throw damaged("is out of place");
        }
        if (entry instanceof Opened o) {
            opened = Optional.of(o);
        } else if (entry instanceof Resumed r) {
            resumed.add(r);
        } else if (entry instanceof Closed c) {
            closed = Optional.of(c);
        } else {
            takeStep(entry);
        }
    }

    private void takeStep(JournalEntry entry) {
        if (entry instanceof StepStarted s) {
            if (s.number() != steps.size() + 1) {
                throw damaged("starts step " + s.number() + " after " + steps.size());
            }
            steps.add(new StepRecord(s.number(), s.at(), s.step(), new End.Unknown()));
        } else if (entry instanceof StepFinished f) {
            end(f.number(), new End.Finished(f.at(), f.result()));
        } else if (entry instanceof StepFailed f) {
            end(f.number(), new End.Failed(f.at(), f.error()));
        }
    }

    private void end(int number, End end) {
        if (number < 1 || number > steps.size()) {
            throw damaged("ends step " + number + ", which never began");
        }
        StepRecord started = steps.get(number - 1);
        if (!(started.end() instanceof End.Unknown)) {
            throw damaged("ends step " + number + " again");
        }
        steps.set(number - 1, new StepRecord(number, started.startedAt(), started.step(), end));
    }

    private void requireVersion(JsonNode first) {
        int version = first.path("version").asInt(0);
        if (version != Opened.VERSION) {
            throw new ReportException(file + ": is in form " + version + " of the journal, this version reads form "
                    + Opened.VERSION + "; finish it with the version that wrote it");
        }
    }

    private JournalEntry entry(JsonNode tree) {
        try {
            return json.read(tree, JournalEntry.class);
        } catch (FormException e) {
            throw new ReportException(file + ":" + line + ": " + e.getMessage(), e);
        }
    }

    private ReportException damaged(String how) {
        return new ReportException(file + ":" + line + ": " + how
                + "; look at the servers, then move the journal away to go on without it");
    }
}
