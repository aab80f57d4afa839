package io.mha4j.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much may be written into a directory. */
@FunctionalInterface
interface Room {
    /** Asks the file system. */
    Room OF_FILE_SYSTEM = directory -> Files.getFileStore(directory).getUsableSpace();

    /** Left free for everybody else. */
    long MARGIN = 16L << 20;

    /** Bytes that this user may write there. */
    long usable(Path directory) throws IOException;

    /**
     * Makes sure that this much fits.
     *
     * @throws ArchiveException if it does not
     */
    default void require(Path directory, long bytes) {
        try {
            long usable = usable(directory);
            if (usable < bytes + MARGIN) {
                throw new ArchiveException("%s: %d bytes are to be saved and %d are free, of which %d are to stay free;"
                                .formatted(directory, bytes, usable, MARGIN)
                        + " make room or name another manager_workdir");
            }
        } catch (IOException e) {
            throw PieceReader.notRead(directory, e);
        }
    }
}
