package io.mha4j.archive.place;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Sleeper;
import io.mha4j.remote.ByteSink;
import io.mha4j.remote.FileRange;
import io.mha4j.remote.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Reads ranges of files over connections that may break: goes on behind the last byte that came, and gives up when nothing
 * comes any more.
 */
public final class Fetch {
    /** In a row without a byte. */
    private static final int TRIES = 4;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Host host;
    private final Sleeper sleeper;
    private final Deadline deadline;

    public Fetch(Host host, Sleeper sleeper, Deadline deadline) {
        this.host = host;
        this.sleeper = sleeper;
        this.deadline = deadline;
    }

    /** Ends a transfer before its end, for a reason of the taker's own. */
    public static final class Enough extends IOException {
        private static final long serialVersionUID = 1L;

        public Enough() {
            super("no more bytes are wanted");
        }
    }

    /**
     * Hands everything from {@code offset} on to {@code sink}, which may refuse more by {@link Enough}.
     *
     * @return bytes handed over
     * @throws CommandException if the file cannot be read to its end, or the sink failed
     */
    public long from(String path, long offset, ByteSink sink) {
        return range(FileRange.from(path, offset), sink);
    }

    /** As {@link #from}, for a range that may end before the file does. */
    public long range(FileRange range, ByteSink sink) {
        Counted counted = new Counted(sink);
        int failures = 0;
        while (true) {
            long before = counted.taken;
            try {
                host.readFile(behind(range, before), counted, deadline);
                return counted.taken;
            } catch (CommandException e) {
                if (counted.enough) {
                    return counted.taken;
                }
                failures = counted.taken > before ? 1 : failures + 1;
                if (counted.failed || failures >= TRIES || deadline.isOver()) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static FileRange behind(FileRange range, long taken) {
        return range.length().isEmpty()
                ? FileRange.from(range.path(), range.offset() + taken)
                : FileRange.of(
                        range.path(), range.offset() + taken, range.length().getAsLong() - taken);
    }

    /** At most {@code length} bytes of a file from {@code offset} on, fewer if it ends before. */
    public byte[] head(String path, long offset, int length) {
        byte[] bytes = new byte[length];
        int[] filled = {0};
        range(FileRange.of(path, offset, length), (from, at, n) -> {
            System.arraycopy(from, at, bytes, filled[0], n);
            filled[0] += n;
        });
        return Arrays.copyOf(bytes, filled[0]);
    }

    /** Asks something about the files a second time if the first fails: a connection that was lost is made again by that. */
    public <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (CommandException e) {
            if (deadline.isOver()) {
                throw e;
            }
            pause();
            return question.get();
        }
    }

    /** Waits a little before another look. */
    public void pause() {
        try {
            sleeper.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw InterruptedWork.during("saving binary logs of " + host.name(), e);
        }
    }

    private static final class Counted implements ByteSink {
        private final ByteSink sink;
        private long taken;
        private boolean failed;
        private boolean enough;

        Counted(ByteSink sink) {
            this.sink = sink;
        }

        @Override
        public void accept(byte[] bytes, int from, int length) throws IOException {
            try {
                sink.accept(bytes, from, length);
                taken += length;
            } catch (Enough e) {
                enough = true;
                throw e;
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
    }
}
