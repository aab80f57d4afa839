package io.mha4j.lab.content;

import io.mha4j.lab.server.LabServer;
import java.sql.SQLException;
import java.util.function.Predicate;

/**
 * One kind of hard content.
 *
 * @param name  two or three words with underscores
 * @param where whether it can be written there
 * @param work  writes it
 */
record Section(String name, Predicate<Place> where, Work work) {
    /** Writes something on a server. */
    interface Work {
        void on(LabServer server) throws SQLException;
    }

    /** Statements of one session. */
    static Section of(String name, Predicate<Place> where, String... statements) {
        return new Section(name, where, server -> {
            try (Client client = Client.of(server)) {
                client.run(statements);
            }
        });
    }

    static Section everywhere(String name, String... statements) {
        return of(name, place -> true, statements);
    }
}
