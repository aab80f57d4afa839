package io.mha4j.feed;

import io.mha4j.binlog.LittleEndian;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One connection as packets: a length of three bytes, a sequence number, content. Content of 2^24 - 1 bytes and more
 * goes over several packets, the last of which is shorter, if need be empty (MySQL manual, "Protocol Basics").
 */
final class Packets {
    static final int LONGEST = 0xffffff;

    private static final int HEADER_BYTES = 4;
    private static final int OK = 0x00;
    private static final int END = 0xfe;
    private static final int ERROR = 0xff;
    private static final int AUTOCOMMIT = 2;
    private static final int UTF8 = 33;
    private static final int VAR_STRING = 0xfd;

    private final InputStream in;
    private final OutputStream out;
    private int sequence;

    /**
     * @param out buffered
     */
    Packets(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Writes the content of one packet. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The next command begins a new sequence. */
    void restart() {
        sequence = 0;
    }

    /**
     * The content of the next packet.
     *
     * @throws EOFException      if the client has gone
     * @throws ProtocolException if there are more than {@code limit} bytes
     */
    byte[] read(int limit) throws IOException {
        byte[] all = {};
        while (true) {
            byte[] header = exactly(HEADER_BYTES);
            int length = (int) LittleEndian.unsigned(header, 0, 3);
            sequence = (header[3] + 1) & 0xff;
            if (all.length + length > limit) {
                throw new ProtocolException("it sent a packet of more than " + limit + " bytes");
            }
            byte[] part = exactly(length);
            int before = all.length;
            all = Arrays.copyOf(all, before + length);
            System.arraycopy(part, 0, all, before, length);
            if (length < LONGEST) {
                return all;
            }
        }
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("it hung up");
        }
        return bytes;
    }

    /** Waits until the client hangs up or says anything, as long as reads may last. */
    void awaitEnd() throws IOException {
        int first = in.read();
        if (first >= 0) {
            in.readNBytes(in.available());
        }
    }

    /** Sends one packet, without flushing. */
    void write(byte[] content) throws IOException {
        write(content.length, to -> to.write(content));
    }

    /**
     * Sends one packet of any size, without flushing.
     *
     * @param length what {@code content} writes, exactly
     */
    void write(long length, Content content) throws IOException {
        Parts parts = new Parts(length);
        content.writeTo(parts);
        parts.end();
    }

    void flush() throws IOException {
        out.flush();
    }

    void ok() throws IOException {
        write(Payload.of(OK)
                .number(0, 1)
                .number(0, 1)
                .number(AUTOCOMMIT, 2)
                .number(0, 2)
                .bytes());
    }

    void error(int code, String state, String text) throws IOException {
        write(Payload.of(ERROR).number(code, 2).raw("#" + state + text).bytes());
    }

    /** A result of text columns; at most 250 columns. */
    void rows(List<String> columns, List<List<String>> rows) throws IOException {
        write(Payload.of(columns.size()).bytes());
        for (String column : columns) {
            write(definition(column));
        }
        end();
        for (List<String> row : rows) {
            Payload cells = new Payload();
            row.forEach(cells::counted);
            write(cells.bytes());
        }
        end();
    }

    private static byte[] definition(String column) {
        int width = column.getBytes(StandardCharsets.UTF_8).length + 192;
        return new Payload()
                .counted("def")
                .counted("")
                .counted("")
                .counted("")
                .counted(column)
                .counted(column)
                .number(12, 1) // bytes of what follows
                .number(UTF8, 2)
                .number(width, 4)
                .number(VAR_STRING, 1)
                .number(0, 2)
                .number(31, 1)
                .number(0, 2)
                .bytes();
    }

    private void end() throws IOException {
        write(Payload.of(END).number(0, 2).number(AUTOCOMMIT, 2).bytes());
    }

    /** Puts the headers before the parts of one content. */
    private final class Parts extends OutputStream {
        private long ahead;
        private long inPart;
        private boolean full;

        Parts(long length) throws IOException {
            ahead = length;
            header();
        }

        private void header() throws IOException {
            inPart = Math.min(ahead, LONGEST);
            full = inPart == LONGEST;
            ahead -= inPart;
            out.write((int) inPart);
            out.write((int) (inPart >>> 8));
            out.write((int) (inPart >>> 16));
            out.write(sequence);
            sequence = (sequence + 1) & 0xff;
        }

        @Override
        public void write(int b) throws IOException {
            if (inPart > 0) {
                out.write(b);
                inPart--;
            } else {
                write(new byte[] {(byte) b}, 0, 1);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int at = from;
            int left = length;
            while (left > 0) {
                if (inPart == 0) {
                    if (!full) {
                        throw new IllegalStateException("more bytes than were announced");
                    }
                    header();
                }
                int part = (int) Math.min(left, inPart);
                out.write(bytes, at, part);
                inPart -= part;
                at += part;
                left -= part;
            }
        }

        void end() throws IOException {
            if (inPart > 0 || ahead > 0) {
                throw new IllegalStateException(inPart + ahead + " bytes fewer than were announced");
            }
            if (full) {
                header();
            }
        }
    }
}
