package io.mha4j.cli.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mha4j.base.ServerId;
import io.mha4j.decision.check.CheckFinding;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The outcome of the checks as JSON; streamed, because mapping objects costs more than the checks. */
public final class FindingsJson {
    private FindingsJson() {}

    /** Writes one object and a line feed. */
    public static void print(String app, CheckRun.Outcome outcome, OutputStream to) {
        try (JsonGenerator json = new JsonFactory().createGenerator(to)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("app", app);
            json.writeBooleanField("healthy", outcome.healthy());
            if (outcome.seen().isPresent()) {
                tree(outcome.seen().get().tree(), json);
            }
            json.writeArrayFieldStart("findings");
            for (CheckFinding finding : outcome.findings()) {
                write(finding, json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tree(ManagedTree tree, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("tree");
        json.writeStringField("mode", tree.mode().toString());
        json.writeStringField("source", tree.source().toString());
        json.writeBooleanField("source_alive", tree.sourceAlive());
        json.writeArrayFieldStart("replicas");
        for (Replica replica : tree.allReplicas()) {
            json.writeString(replica.id().toString());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(CheckFinding finding, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("check", finding.check().label());
        json.writeStringField("grade", finding.grade().words());
        json.writeBooleanField("fails_check", finding.check().failsTheCheck());
        Optional<ServerId> server = finding.server();
        json.writeStringField("server", server.map(ServerId::toString).orElse(null));
        json.writeStringField("cause", finding.cause());
        json.writeStringField("cure", finding.cure());
        json.writeEndObject();
    }
}
