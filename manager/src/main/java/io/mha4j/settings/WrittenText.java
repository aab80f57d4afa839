package io.mha4j.settings;

import io.mha4j.config.ConfigText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * A configuration file's bytes as text that can be turned back into them. The text is UTF-8, with a byte order mark or
 * without; a file that is not is read byte by byte (ISO 8859-1), as MHA reads all, because its comments may be in another
 * encoding. What is no comment must be ASCII there.
 *
 * @param content without the mark
 * @param marked  whether there is one
 */
record WrittenText(ConfigText content, Charset charset, boolean marked) {
    /** What is told of {@link #unreadableLine}. */
    static final String NOT_UTF_8 = "a value or name is not UTF-8 text; save the file as UTF-8";

    private static final String MARK = "\uFEFF";

    static WrittenText of(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean marked = text.startsWith(MARK);
            return new WrittenText(
                    new ConfigText(marked ? text.substring(MARK.length()) : text), StandardCharsets.UTF_8, marked);
        } catch (CharacterCodingException e) {
            return new WrittenText(
                    new ConfigText(new String(bytes, StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1, false);
        }
    }

    /** The first line, from 1, whose value depends on an encoding that nobody told. */
    OptionalInt unreadableLine() {
        return isUtf8() ? OptionalInt.empty() : content.entryBeyondAscii();
    }

    /** The first line, from 1, that has such characters in its comment only. */
    OptionalInt oddComment() {
        return isUtf8() ? OptionalInt.empty() : content.commentBeyondAscii();
    }

    private boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** The same file with another text. */
    WrittenText with(ConfigText other) {
        return new WrittenText(other, charset, marked);
    }

    /** As they stand, or shall stand, in the file. */
    byte[] bytes() {
        return ((marked ? MARK : "") + content.text()).getBytes(charset);
    }
}
