package io.mha4j.lab.check;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.server.LabServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Fingerprints of several servers, in the order in which they were asked. */
public record Equality(Map<String, Fingerprint> fingerprints) {
    public Equality {
        fingerprints = new LinkedHashMap<>(fingerprints);
    }

    /** Asks each server now; whoever wants to know whether replicas will be equal asks until they are. */
    public static Equality of(List<LabServer> servers) {
        Map<String, Fingerprint> found = new LinkedHashMap<>();
        for (LabServer server : servers) {
            try (Connection connection = server.connect()) {
                found.put(server.toString(), new ServerReader(connection).fingerprint());
            } catch (SQLException e) {
                throw new LabException("cannot read the tables of " + server + ": " + e.getMessage(), e);
            }
        }
        return new Equality(found);
    }

    public boolean holds() {
        return fingerprints.values().stream().distinct().count() <= 1;
    }

    /** One line for each server. */
    public String sentence() {
        return fingerprints.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue().tables())
                .collect(Collectors.joining("\n"));
    }
}
