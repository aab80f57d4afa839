package io.mha4j.lab.receive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Takes every request, except those whose path starts with {@code /broken}, which get a 500. Each one adds a line to
 * {@code http.txt}: method, path, login; the last body is in {@code http.json}.
 */
final class HookReceiver {
    private final Path folder;

    private HookReceiver(Path folder) {
        this.folder = folder;
    }

    static void start(InetSocketAddress at, Path folder) throws IOException {
        HttpServer server = HttpServer.create(at, 0);
        server.createContext("/", new HookReceiver(folder)::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getOrDefault("Authorization", List.of("no login"));
            Files.write(folder.resolve("http.json"), body);
            Files.write(
                    folder.resolve("http.txt"),
                    List.of(line),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            boolean broken = exchange.getRequestURI().getPath().startsWith("/broken");
            exchange.sendResponseHeaders(broken ? 500 : 204, -1);
        }
    }
}
