package io.mha4j.lab.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.check.LossClaim;
import io.mha4j.lab.check.WriteComparison;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Summary} for programs. What is not known is null. */
final class SummaryJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private SummaryJson() {}

    static String of(Summary summary) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("scenario", summary.setting().scenario().word());
        json.put("server", summary.setting().server());
        json.put("gtid", summary.setting().gtid());
        json.put("good", summary.faults().isEmpty());
        ArrayNode faults = json.putArray("faults");
        summary.faults().forEach(faults::add);
        ArrayNode timeline = json.putArray("timeline");
        summary.timeline()
                .forEach(moment ->
                        timeline.addObject().put("ms", millis(moment.after())).put("what", moment.what()));
        json.put("new_source", summary.newSource().orElse(null));
        json.put("downtime_ms", millis(summary.downtime()));
        json.put("longest_gap_before_ms", millis(summary.control()));
        json.set("writes", summary.writes().map(SummaryJson::writes).orElse(null));
        ArrayNode replicas = json.putArray("replicas");
        summary.replicas().forEach(replica -> replicas.addObject()
                .put("server", replica.server())
                .put("follows", replica.follows())
                .put("equal", replica.equal()));
        json.set("verdict", summary.claim().map(SummaryJson::claim).orElse(null));
        json.put("manager_exit_code", summary.exitCode().orElse(null));
        json.set("old_source", summary.oldSource().map(SummaryJson::oldSource).orElse(null));
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new LabException("cannot write the summary as JSON: " + e.getMessage(), e);
        }
    }

    private static @Nullable Long millis(Optional<Duration> time) {
        return time.map(Duration::toMillis).orElse(null);
    }

    private static ObjectNode writes(WriteComparison found) {
        return MAPPER.createObjectNode()
                .put("acknowledged", found.acknowledged())
                .put("lost", found.lost().size())
                .put("duplicated", found.duplicated().size())
                .put("unexpected", found.unexpected().size())
                .put("unknown_present", found.unknownPresent())
                .put("unknown_absent", found.unknownAbsent());
    }

    private static ObjectNode claim(LossClaim claim) {
        ObjectNode json = MAPPER.createObjectNode().put("line", claim.line()).put("proven", claim.proven());
        return claim.loss() == LossClaim.Loss.NONE ? json.put("lost_at_most", 0) : json.putNull("lost_at_most");
    }

    private static ObjectNode oldSource(Summary.OldSource old) {
        return MAPPER.createObjectNode()
                .put("server", old.server())
                .put("rejoin_exit_code", old.exitCode())
                .put("follows", old.follows())
                .put("equal", old.equal())
                .put("read_only", old.readOnly());
    }
}
