package io.mha4j.lab.check;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tables of one server's schema {@code test}: two servers with equal fingerprints hold the same rows. */
public record Fingerprint(SortedMap<String, Table> tables) {
    public Fingerprint {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /** Answers of CHECKSUM TABLE and COUNT(*). */
    public record Table(String checksum, long rows) {
        @Override
        public String toString() {
            return rows + " rows, checksum " + checksum;
        }
    }
}
