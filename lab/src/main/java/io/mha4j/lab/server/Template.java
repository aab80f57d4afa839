package io.mha4j.lab.server;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Gives freshly initialised data the lab's accounts, proves that they log in, and leaves data fit to be copied. */
final class Template {
    private static final String LOOPBACK = "127.0.0.1";
    /** Raised when templates made before a change of this class must not be used any more. */
    private static final int GENERATION = 1;

    private final ServerKind kind;
    private final Software software;

    Template(ServerKind kind, Software software) {
        this.kind = kind;
        this.software = software;
    }

    /** Changes whenever accounts or options do, so that an old cache is not taken for a new one. */
    String folderName() {
        CRC32 sum = new CRC32();
        String contents =
                GENERATION + String.join(";", Account.statementsFor(kind)) + new TreeMap<>(software.options());
        sum.update(contents.getBytes(StandardCharsets.UTF_8));
        return "template-%08x".formatted(sum.getValue());
    }

    /** Finishes the data directory {@code folder/data}; answers the server's version text. */
    String finish(Path folder) {
        Path accounts = folder.resolve("accounts.sql");
        List<String> statements = Account.statementsFor(kind);
        Folders.write(accounts, String.join(";\n", statements) + ";\n");
        ServerSpec spec = new ServerSpec(1, LOOPBACK, Ports.unused(), Optional.empty(), Map.of())
                .with("init-file", accounts.toString());
        Installation raw = new Installation(kind, software, folder.resolve("data"));
        try (LabServer server = LabServer.onExistingData(raw, spec, folder, Machine.THIS)) {
            server.start();
            for (Account account : Account.values()) {
                login(server, account);
            }
            String version = server.value("SELECT VERSION()").orElse("?");
            server.stopCleanly(Duration.ofSeconds(60));
            dropTraces(folder.resolve("data"));
            return version;
        }
    }

    private static void login(LabServer server, Account account) {
        try (Connection connection = server.connect(account)) {
            connection.isValid(5);
        } catch (SQLException e) {
            throw new LabException(server + ": account " + account.user() + " cannot log in: " + e.getMessage(), e);
        }
    }

    private static void dropTraces(Path data) {
        for (String trace : List.of("auto.cnf", "mysqld.pid", "mysql.sock", "mysql.sock.lock", "ib_buffer_pool")) {
            Folders.delete(data.resolve(trace));
        }
        if (Files.exists(data.resolve("mysql-bin.index"))) {
            throw new LabException(data + " has a binary log; accounts must be made without one");
        }
    }
}
