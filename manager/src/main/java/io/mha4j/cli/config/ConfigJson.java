package io.mha4j.cli.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mha4j.settings.LoadedSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes the effective configuration as JSON; streamed, because mapping objects costs more than the whole command. */
final class ConfigJson {
    private ConfigJson() {}

    static void print(LoadedSettings loaded, OutputStream to) {
        try (JsonGenerator json = new JsonFactory().createGenerator(to)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).useDefaultPrettyPrinter();
            write(ShownConfig.of(loaded), json);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ShownConfig shown, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("app", shown.app());
        json.writeStringField("conf", shown.conf());
        json.writeArrayFieldStart("warnings");
        for (String warning : shown.warnings()) {
            json.writeString(warning);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("sections");
        for (ShownConfig.Section section : shown.sections()) {
            write(section, json);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(ShownConfig.Section section, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(section.name());
        for (ShownConfig.Row row : section.rows()) {
            json.writeObjectFieldStart(row.name());
            json.writeStringField("value", row.value().orElse(null));
            json.writeStringField("from", row.from());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
