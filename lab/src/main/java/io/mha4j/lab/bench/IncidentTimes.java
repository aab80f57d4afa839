package io.mha4j.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * When what happened in a failover, by the timeline of its incident.
 *
 * @param begun    when the first step began
 * @param verified when the last replica was seen to follow
 * @param moves    what moves the address, both calls
 * @param work     from the first step to the opening of the new source, without that
 */
record IncidentTimes(Instant begun, Instant verified, Duration moves, Duration work) {
    private static final Set<String> MOVES = Set.of("WithdrawAddress", "AssignAddress");

    /** Of the one incident in {@code folder}. */
    static IncidentTimes in(Path folder) {
        Path file = Folders.list(folder).stream()
                .filter(each -> each.toString().contains(".incident-"))
                .findFirst()
                .orElseThrow(() -> new LabException("no incident in " + folder));
        try {
            return of(new ObjectMapper().readTree(file.toFile()).get("timeline"));
        } catch (IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static IncidentTimes of(JsonNode timeline) {
        Instant begun = Instant.parse(timeline.get(0).get("begun").asText());
        Instant opened = begun;
        Instant verified = begun;
        Duration moves = Duration.ZERO;
        for (JsonNode step : timeline) {
            String kind = step.get("step").get("kind").asText();
            Instant ended = Instant.parse(step.get("ended").asText());
            if (MOVES.contains(kind)) {
                moves = moves.plus(Duration.parse(step.get("took").asText()));
            } else if (kind.equals("MakeWritable")) {
                opened = ended;
            } else if (kind.equals("Repoint") || kind.equals("AwaitSync")) {
                verified = ended.isAfter(verified) ? ended : verified;
            }
        }
        return new IncidentTimes(
                begun, verified, moves, Duration.between(begun, opened).minus(moves));
    }
}
