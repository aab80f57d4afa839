package io.mha4j.cli.ssh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mha4j.config.Application;
import io.mha4j.monitor.ssh.SshOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Writes what became of the connections as JSON. */
final class CheckSshJson {
    private CheckSshJson() {}

    static void print(Application app, List<SshOutcome> outcomes, OutputStream to) {
        try (JsonGenerator json = new JsonFactory().createGenerator(to)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("app", app.name());
            json.writeBooleanField("passed", outcomes.stream().noneMatch(SshOutcome::isBad));
            json.writeArrayFieldStart("connections");
            for (SshOutcome outcome : outcomes) {
                write(outcome, json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(SshOutcome outcome, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField(
                "from", outcome.path().from().isEmpty() ? null : outcome.path().start());
        json.writeStringField("to", outcome.path().end());
        json.writeStringField("needed_for", outcome.path().need().name().toLowerCase(Locale.ROOT));
        json.writeStringField("result", outcome.result().name().toLowerCase(Locale.ROOT));
        json.writeStringField("why", outcome.why().orElse(null));
        json.writeNumberField("milliseconds", outcome.took().toMillis());
        json.writeEndObject();
    }
}
