package io.mha4j.feed;

import io.mha4j.binlog.EventHeader;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.LittleEndian;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The client's side of the protocol, as far as a replica speaks it; made for these tests. */
final class Replica implements AutoCloseable {
    private static final int ABILITIES = 0x1 | 0x4 | 0x200 | 0x2000 | 0x8000 | 0x80000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int sequence;

    /** Wrong numbers end the test at once: every packet must carry on from the one before. */
    Replica(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /** A server's word for no. */
    static final class Refusal extends IOException {
        private static final long serialVersionUID = 1L;
        final int code;

        Refusal(byte[] packet) {
            super(new String(packet, 9, packet.length - 9, StandardCharsets.UTF_8));
            code = (int) LittleEndian.unsigned(packet, 1, 2);
        }
    }

    /** The greeting, read. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Greeting(String version, String plugin, byte[] salt) {}

    Greeting greeting() throws IOException {
        Fields hello = new Fields(read());
        hello.skip(1);
        String version = hello.untilZero();
        hello.skip(4);
        byte[] first = hello.bytes(8);
        hello.skip(1 + 2 + 1 + 2 + 2 + 1 + 10);
        byte[] second = hello.bytes(12);
        hello.skip(1);
        byte[] salt = Arrays.copyOf(first, 20);
        System.arraycopy(second, 0, salt, 8, 12);
        return new Greeting(version, hello.untilZero(), salt);
    }

    Replica login(FeedAccount account) throws IOException {
        Greeting hello = greeting();
        AuthMethod method = method(hello.plugin());
        answer(account.user(), method.proof(account.password(), hello.salt()), method.plugin());
        welcome(account, method);
        return this;
    }

    /** Answers by another method than the server's first, as a client does whose own default it is. */
    Replica loginBy(AuthMethod first, FeedAccount account) throws IOException {
        Greeting hello = greeting();
        answer(account.user(), first.proof(account.password(), hello.salt()), first.plugin());
        welcome(account, method(hello.plugin()));
        return this;
    }

    private void welcome(FeedAccount account, AuthMethod method) throws IOException {
        byte[] word = read();
        if (word[0] == (byte) 0xfe) {
            Fields asked = new Fields(word);
            asked.skip(1);
            AuthMethod other = method(asked.untilZero());
            write(other.proof(account.password(), asked.bytes(20)));
            word = read();
        }
        if (method == AuthMethod.CACHING_SHA2 && word[0] == 1) {
            word = read();
        }
        refused(word);
    }

    static AuthMethod method(String plugin) {
        return Arrays.stream(AuthMethod.values())
                .filter(m -> m.plugin().equals(plugin))
                .findFirst()
                .orElseThrow();
    }

    void answer(String user, byte[] proof, String plugin) throws IOException {
        write(new Payload()
                .number(ABILITIES, 4)
                .number(1 << 24, 4)
                .number(33, 1)
                .raw(new byte[23])
                .untilZero(user)
                .number(proof.length, 1)
                .raw(proof)
                .untilZero(plugin)
                .bytes());
    }

    /** Runs a statement; answers its only row, or an empty list. */
    List<String> ask(String statement) throws IOException {
        command(Payload.of(0x03).raw(statement));
        byte[] first = refused(read());
        if (first[0] == 0) {
            return List.of();
        }
        for (int i = 0; i < first[0]; i++) {
            read();
        }
        read(); // end of the definitions
        List<String> cells = new ArrayList<>();
        for (byte[] row = read(); row[0] != (byte) 0xfe; row = read()) {
            Fields fields = new Fields(row);
            while (fields.remaining() > 0) {
                cells.add(fields.text(fields.number(1)));
            }
        }
        return cells;
    }

    Replica knowsChecksums() throws IOException {
        ask("SET @master_binlog_checksum= @@global.binlog_checksum");
        return this;
    }

    void command(Payload packet) throws IOException {
        sequence = 0;
        write(packet.bytes());
    }

    void dump(String file, long offset, int flags) throws IOException {
        command(Payload.of(0x15).number(2, 4).number(0, 3).number(0, 2).number(0, 8));
        refused(read());
        command(Payload.of(0x12).number(offset, 4).number(flags, 2).number(2, 4).raw(file));
    }

    void dumpBehind(byte[] encodedSet) throws IOException {
        command(Payload.of(0x1e)
                .number(0, 2)
                .number(2, 4)
                .number(0, 4)
                .number(4, 8)
                .number(encodedSet.length, 4)
                .raw(encodedSet));
    }

    /** One uuid that ends with this byte, numbers from 1 to {@code last}. */
    static byte[] set(int origin, long last) {
        return new Payload()
                .number(1, 8)
                .raw(new byte[15])
                .number(origin, 1)
                .number(1, 8)
                .number(1, 8)
                .number(last + 1, 8)
                .bytes();
    }

    /** The next event; null at the end of the connection. */
    byte @Nullable [] event() throws IOException {
        try {
            byte[] packet = refused(read());
            return Arrays.copyOfRange(packet, 1, packet.length);
        } catch (EOFException e) {
            return null;
        }
    }

    /** Reads so many events and forgets them. */
    void skip(int events) throws IOException {
        for (int i = 0; i < events; i++) {
            if (event() == null) {
                throw new EOFException("ended after " + i + " events");
            }
        }
    }

    /** Events up to and including the first that fits. */
    List<byte[]> until(Predicate<EventHeader> last) throws IOException {
        List<byte[]> events = new ArrayList<>();
        while (true) {
            byte[] event = event();
            if (event == null) {
                throw new EOFException("ended after " + events.size() + " events");
            }
            events.add(event);
            if (last.test(EventHeader.parse(event, 0))) {
                return events;
            }
        }
    }

    /** Everything up to the first heartbeat, which is left out; it was asked for before. */
    List<byte[]> all() throws IOException {
        List<byte[]> events = until(h -> h.type() == EventType.HEARTBEAT);
        return events.subList(0, events.size() - 1);
    }

    /** Of these the events that stand in the source's file. */
    static List<byte[]> real(List<byte[]> events) {
        return events.stream().filter(e -> !isMade(EventHeader.parse(e, 0))).toList();
    }

    private static boolean isMade(EventHeader header) {
        return header.type() == EventType.FORMAT_DESCRIPTION || header.has(EventHeader.ARTIFICIAL);
    }

    private byte[] refused(byte[] packet) throws Refusal {
        if (packet.length > 9 && packet[0] == (byte) 0xff) {
            throw new Refusal(packet);
        }
        return packet;
    }

    byte[] read() throws IOException {
        byte[] all = {};
        while (true) {
            byte[] header = new byte[4];
            in.readFully(header);
            int length = (int) LittleEndian.unsigned(header, 0, 3);
            if (header[3] != (byte) sequence) {
                throw new IOException("packet " + (header[3] & 0xff) + " where " + (sequence & 0xff) + " was due");
            }
            sequence++;
            int before = all.length;
            all = Arrays.copyOf(all, before + length);
            in.readFully(all, before, length);
            if (length < Packets.LONGEST) {
                return all;
            }
        }
    }

    private void write(byte[] content) throws IOException {
        out.write(Payload.of(content.length)
                .number(content.length >>> 8, 2)
                .number(sequence++, 1)
                .raw(content)
                .bytes());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
