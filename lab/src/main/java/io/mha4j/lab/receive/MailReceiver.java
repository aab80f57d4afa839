package io.mha4j.lab.receive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Speaks as much SMTP (RFC 5321) as one client at a time needs to hand in a mail; every line of the client goes to a file. */
final class MailReceiver {
    private final Path record;
    private boolean inText;

    private MailReceiver(Path record) {
        this.record = record;
    }

    static void start(InetSocketAddress at, Path record) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(at);
        MailReceiver receiver = new MailReceiver(record);
        new Thread(() -> receiver.serve(socket), "smtp").start();
    }

    private void serve(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                converse(client);
            } catch (IOException e) {
                System.err.println("a mail client went away: " + e.getMessage());
            }
        }
    }

    private void converse(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        inText = false;
        say(out, "220 lab");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Files.write(
                    record,
                    List.of(line),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            if (!inText || line.equals(".")) {
                say(out, answer(line));
            }
        }
    }

    private String answer(String line) {
        String verb = line.split(" ", 2)[0];
        inText = verb.equals("DATA");
        return switch (verb) {
            case "EHLO" -> "250-lab\r\n250 AUTH PLAIN";
            case "AUTH" -> "235 welcome";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 ok";
        };
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
