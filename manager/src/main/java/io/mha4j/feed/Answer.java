package io.mha4j.feed;

import java.io.IOException;
import java.util.List;

/** What a client gets for a statement. */
sealed interface Answer {
    void sendTo(Packets packets) throws IOException;

    /** A statement without a result. */
    record Done() implements Answer {
        @Override
        public void sendTo(Packets packets) throws IOException {
            packets.ok();
        }
    }

    /** A result; it may have no row. */
    record Rows(List<String> columns, List<List<String>> rows) implements Answer {
        public Rows {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }

        static Rows value(String column, String value) {
            return new Rows(List.of(column), List.of(List.of(value)));
        }

        /** As {@code SHOW VARIABLES LIKE} shows one. */
        static Rows variable(String name, String value) {
            return new Rows(List.of("Variable_name", "Value"), List.of(List.of(name, value)));
        }

        static Rows noVariable() {
            return new Rows(List.of("Variable_name", "Value"), List.of());
        }

        @Override
        public void sendTo(Packets packets) throws IOException {
            packets.rows(columns, rows);
        }
    }

    /** An error, as a server numbers it. */
    record Refused(int code, String state, String text) implements Answer {
        @Override
        public void sendTo(Packets packets) throws IOException {
            packets.error(code, state, text);
        }
    }
}
