package io.mha4j.mysql.apply;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement as bytes.
 *
 * @param shown what people get to see of it: a few words
 * @param bytes writes it
 * @param file  what is sent when the server asks for the file that the statement names
 */
record Statement(String shown, Content bytes, Optional<InputStream> file) {
    /** Long enough to recognise a statement. */
    private static final int SHOWN = 80;

    /** What follows these words may be a password or its hash. */
    private static final Pattern SECRET = Pattern.compile("(?i)\\b(IDENTIFIED|PASSWORD|MASTER_PASSWORD)\\b");

    /** Bytes that come in pieces. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static Statement of(byte[] text) {
        return new Statement(beginning(text), out -> out.write(text), Optional.empty());
    }

    /** Text of one byte per character. */
    static Statement of(String text) {
        return of(bytes(text));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The first words, without what may be a password. */
    static String beginning(byte[] text) {
        String start = new String(text, 0, Math.min(SHOWN, text.length), StandardCharsets.UTF_8);
        String line = start.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        Matcher secret = SECRET.matcher(line);
        if (secret.find()) {
            return line.substring(0, secret.end()) + " ***";
        }
        return text.length > SHOWN ? line + "..." : line;
    }
}
