package io.mha4j.remote;

import java.util.OptionalLong;

/**
 * Bytes of a file on some host.
 *
 * @param path   absolute path there
 * @param offset first byte, from 0; past the end means no bytes
 * @param length how many bytes at most; absent: up to the end that the file has when the end is reached
 */
public record FileRange(String path, long offset, OptionalLong length) {
    public FileRange {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + path + "' is no absolute path");
        }
        if (offset < 0 || length.orElse(0) < 0) {
            throw new IllegalArgumentException("offset and length of a range of " + path + " are at least 0");
        }
    }

    /** Everything from {@code offset} on. */
    public static FileRange from(String path, long offset) {
        return new FileRange(path, offset, OptionalLong.empty());
    }

    /** At most {@code length} bytes from {@code offset} on. */
    public static FileRange of(String path, long offset, long length) {
        return new FileRange(path, offset, OptionalLong.of(length));
    }
}
