package io.mha4j.lab.oracle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Parts of two files beside each other. */
final class FileParts {
    private static final int BUFFER_BYTES = 1 << 16;

    private FileParts() {}

    /** Whether {@code length} bytes of {@code a} from one place are those of {@code b} from another. */
    static boolean equal(Path a, long fromA, Path b, long fromB, long length) {
        try (RandomAccessFile one = new RandomAccessFile(a.toFile(), "r");
                RandomAccessFile other = new RandomAccessFile(b.toFile(), "r")) {
            one.seek(fromA);
            other.seek(fromB);
            byte[] left = new byte[BUFFER_BYTES];
            byte[] right = new byte[BUFFER_BYTES];
            for (long rest = length; rest > 0; rest -= BUFFER_BYTES) {
                int n = (int) Math.min(rest, BUFFER_BYTES);
                one.readFully(left, 0, n);
                other.readFully(right, 0, n);
                if (!Arrays.equals(left, 0, n, right, 0, n)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
