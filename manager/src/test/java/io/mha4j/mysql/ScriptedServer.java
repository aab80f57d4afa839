package io.mha4j.mysql;

import io.mha4j.base.Deadline;
import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server, as far as a client sees one, that numbers its connections from 1, lets everybody in and knows the answers that it was told; to all other
 * statements it says OK. Protocol: MySQL manual, "Client/Server Protocol".
 */
public final class ScriptedServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Long passwords, protocol of 4.1, transactions, 20 bytes of salt, methods of authentication. */
    private static final int CAPABILITIES = 0x0008_a201;

    private static final int QUERY = 3;
    private static final int QUIT = 1;
    private static final int UTF8 = 45;
    private static final int VAR_STRING = 0xfd;
    private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};
    private static final byte[] EOF = {(byte) 0xfe, 0, 0, 2, 0};
    private static final byte[] SALT = "12345678abcdefghijkl".getBytes(StandardCharsets.US_ASCII);

    private final String version;
    private final ServerSocket socket;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Runnable> effects = new ConcurrentHashMap<>();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile String method = "";
    private volatile Optional<Closing> closing = Optional.empty();

    private record Closing(int behind, int code, String text) {}

    private interface Answer {
        void to(Packets packets) throws IOException;
    }

    /** @param version as the greeting has it */
    public ScriptedServer(String version) throws IOException {
        this.version = version;
        this.socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "scripted server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Wants the password by another method than it greeted with. */
    public ScriptedServer asking(String anotherMethod) {
        method = anotherMethod;
        return this;
    }

    /** Answers a statement with rows, all columns of them as text. */
    public ScriptedServer answering(String statement, List<String> columns, List<List<String>> rows) {
        answers.put(statement, packets -> packets.rows(columns, rows));
        return this;
    }

    /** Answers a statement with an error. */
    public ScriptedServer refusing(String statement, int code, String text) {
        answers.put(statement, packets -> packets.error(code, text));
        return this;
    }

    /** Does something behind the answer to a statement, before the session's next. */
    public ScriptedServer doing(String statement, Runnable effect) {
        effects.put(statement, effect);
        return this;
    }

    /** Lets nobody in any more behind so many logins. */
    public ScriptedServer closedBehind(int letIn, int code, String text) {
        closing = Optional.of(new Closing(letIn, code, text));
        return this;
    }

    /** Breaks the connection off at a statement. */
    public ScriptedServer breakingOffAt(String statement) {
        answers.put(statement, packets -> {
            throw new IOException("broken off");
        });
        return this;
    }

    /** Says OK to a statement and then takes nothing any more. */
    public ScriptedServer standingStillAfter(String statement) {
        answers.put(statement, packets -> {
            packets.write(OK);
            new CompletableFuture<Void>().join();
        });
        return this;
    }

    /** All statements so far. */
    public List<String> statements() {
        return List.copyOf(statements);
    }

    /** How it is logged in to, with a password for its replicas. */
    public ServerSettings settings(String replPassword) {
        ServerSettings any = Scenario.of("servers", "  a  source repl_user=repl repl_password=" + replPassword)
                .application()
                .servers()
                .get(0);
        return new ServerSettings(
                        new ServerId(0, "server1", "db1", "127.0.0.1", socket.getLocalPort()),
                        any.label(),
                        any.mysql(),
                        any.ssh(),
                        any.roles(),
                        any.policy(),
                        any.paths(),
                        any.watching(),
                        any.scripts())
                .loggingInAs("mha", new Secret("pw"));
    }

    public static Deadline deadline() {
        return Deadline.in(LIMIT, System::nanoTime);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread thread = new Thread(() -> talk(client), "scripted session");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closed: that is all.
            }
        }
    }

    private void talk(Socket client) {
        try (client) {
            Packets packets = new Packets(new DataInputStream(client.getInputStream()), client.getOutputStream());
            packets.write(greeting());
            packets.read();
            int login = logins.incrementAndGet();
            Optional<Closing> closed = closing.filter(c -> login > c.behind());
            if (closed.isPresent()) {
                packets.error(closed.get().code(), closed.get().text());
                return;
            }
            if (!method.isEmpty()) {
                packets.write(bytes(b -> {
                    b.write(0xfe);
                    text(b, method);
                    b.write(SALT);
                    b.write(0);
                }));
                packets.read();
            }
            packets.write(OK);
            for (byte[] request = packets.read(); request[0] != QUIT; request = packets.read()) {
                String sql = new String(request, 1, request.length - 1, StandardCharsets.UTF_8);
                if (request[0] == QUERY) {
                    statements.add(sql);
                }
                answers.getOrDefault(sql, p -> p.write(OK)).to(packets);
                effects.getOrDefault(sql, () -> {}).run();
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private byte[] greeting() throws IOException {
        return bytes(b -> {
            b.write(10);
            text(b, version);
            b.write(new byte[] {(byte) connections.incrementAndGet(), 0, 0, 0});
            b.write(SALT, 0, 8);
            b.write(new byte[] {0, (byte) CAPABILITIES, (byte) (CAPABILITIES >> 8), UTF8, 2, 0});
            b.write(new byte[] {(byte) (CAPABILITIES >> 16), 0, (byte) (SALT.length + 1)});
            b.write(new byte[10]);
            b.write(SALT, 8, SALT.length - 8);
            b.write(0);
            text(b, "mysql_native_password");
        });
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private interface Writing {
        void to(ByteArrayOutputStream bytes) throws IOException;
    }

    private static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writing.to(bytes);
        return bytes.toByteArray();
    }

    private static void text(ByteArrayOutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.UTF_8));
        to.write(0);
    }

    private static void counted(ByteArrayOutputStream to, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        to.write(utf8.length);
        to.write(utf8);
    }

    /** Packets of one session; texts of more than 250 bytes are beyond it. */
    private static final class Packets {
        private final DataInputStream in;
        private final OutputStream out;
        private int number;

        Packets(DataInputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        byte[] read() throws IOException {
            int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
            number = in.readUnsignedByte() + 1;
            return in.readNBytes(length);
        }

        void write(byte[] packet) throws IOException {
            out.write(bytes(b -> {
                b.write(new byte[] {(byte) packet.length, (byte) (packet.length >> 8), 0, (byte) number});
                b.write(packet);
            }));
            number++;
        }

        void error(int code, String text) throws IOException {
            write(bytes(b -> {
                b.write(new byte[] {(byte) 0xff, (byte) code, (byte) (code >> 8)});
                b.write(("#42000" + text).getBytes(StandardCharsets.UTF_8));
            }));
        }

        void rows(List<String> columns, List<List<String>> rows) throws IOException {
            write(new byte[] {(byte) columns.size()});
            for (String column : columns) {
                write(bytes(b -> {
                    for (String part : List.of("def", "", "", "", column, column)) {
                        counted(b, part);
                    }
                    b.write(new byte[] {12, UTF8, 0, 0, 4, 0, 0, (byte) VAR_STRING, 0, 0, 0, 0, 0});
                }));
            }
            write(EOF);
            for (List<String> row : rows) {
                write(bytes(b -> {
                    for (String value : row) {
                        counted(b, value);
                    }
                }));
            }
            write(EOF);
        }
    }
}
