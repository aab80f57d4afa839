package io.mha4j.report.journal;

import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.json.JsonForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A journal whose file is kept in memory: the lines that {@link Journal} writes, read as {@link Journals} reads them. */
public final class TextJournal {
    private static final Path NAME = Path.of("simulated.journal");
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    private final JsonForm json;
    private final StringBuilder text = new StringBuilder();
    private int lastStep;

    public TextJournal(JsonForm json) {
        this.json = json;
    }

    public void open(String operation, Object facts) {
        text.setLength(0);
        lastStep = 0;
        append(new JournalEntry.Opened(
                JournalEntry.Opened.VERSION, "run", "app1", operation, Instant.EPOCH, SELF, json.tree(facts)));
    }

    public Optional<JournalContent> unfinished() {
        return read().content().filter(c -> c.closed().isEmpty());
    }

    public void resume() {
        JournalReader.Reading reading = read();
        byte[] good = java.util.Arrays.copyOf(bytes(), reading.goodBytes());
        text.setLength(0);
        text.append(new String(good, StandardCharsets.UTF_8));
        lastStep = reading.content().orElseThrow().steps().size();
        append(new JournalEntry.Resumed(Instant.EPOCH, SELF));
    }

    public int started(Object step) {
        append(new JournalEntry.StepStarted(++lastStep, Instant.EPOCH, json.tree(step)));
        return lastStep;
    }

    public void finished(int step, Object result) {
        append(new JournalEntry.StepFinished(step, Instant.EPOCH, json.tree(result)));
    }

    public void failed(int step, String why) {
        append(new JournalEntry.StepFailed(step, Instant.EPOCH, why));
    }

    public void end(Object outcome) {
        append(new JournalEntry.Closed(Instant.EPOCH, json.tree(outcome)));
    }

    /** The writer died while it wrote a line. */
    public void tear(Object step) {
        String line = json.line(new JournalEntry.StepStarted(lastStep + 1, Instant.EPOCH, json.tree(step)));
        text.append(line, 0, line.length() / 2);
    }

    private void append(JournalEntry entry) {
        text.append(json.line(entry)).append('\n');
    }

    private JournalReader.Reading read() {
        return JournalReader.read(NAME, bytes(), json);
    }

    private byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
