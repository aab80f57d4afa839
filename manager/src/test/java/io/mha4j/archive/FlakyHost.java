package io.mha4j.archive;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.remote.ByteSink;
import io.mha4j.remote.FileRange;
import io.mha4j.remote.Host;
import io.mha4j.remote.LocalHost;
import io.mha4j.remote.PortForward;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** This machine, over a connection that hands bytes over in chunks and breaks now and then. */
final class FlakyHost implements Host {
    private final LocalHost files = new LocalHost();
    private final List<FileRange> read = new ArrayList<>();
    private final int chunk;
    private final long breakAfter;
    private int breaksLeft;
    private long readable = Long.MAX_VALUE;
    private int lostQuestions;

    private FlakyHost(int chunk, long breakAfter, int breaks) {
        this.chunk = chunk;
        this.breakAfter = breakAfter;
        breaksLeft = breaks;
    }

    static FlakyHost steady() {
        return new FlakyHost(1 << 16, Long.MAX_VALUE, 0);
    }

    static FlakyHost inChunksOf(int bytes) {
        return new FlakyHost(bytes, Long.MAX_VALUE, 0);
    }

    /** Breaks this often, each time after this many bytes of one reading that goes to a file's end. */
    static FlakyHost breaking(int times, long afterBytes) {
        return new FlakyHost(7, afterBytes, times);
    }

    /** Of its files nothing behind this offset can be read. */
    FlakyHost withBadDiskFrom(long offset) {
        readable = offset;
        return this;
    }

    /** Its connection is lost over every other question about a file's size, the first one too. */
    FlakyHost losingQuestions() {
        lostQuestions = 1;
        return this;
    }

    /** What was asked for. */
    List<FileRange> read() {
        return read;
    }

    @Override
    public String name() {
        return "root@db1:22";
    }

    @Override
    public Result run(List<String> argv, Deadline deadline) {
        return files.run(argv, deadline);
    }

    @Override
    public long readFile(FileRange range, ByteSink sink, Deadline deadline) {
        read.add(range);
        long[] passed = {0};
        boolean breaks = breaksLeft > 0 && range.length().isEmpty();
        if (breaks) {
            breaksLeft--;
        }
        boolean bad = range.offset() + range.length().orElse(readable) > readable
                || (range.length().isEmpty() && readable < Long.MAX_VALUE);
        long limit = Math.min(breaks ? breakAfter : Long.MAX_VALUE, bad ? readable - range.offset() : Long.MAX_VALUE);
        if (limit <= 0) {
            throw new CommandException("root@db1:22: Input/output error");
        }
        long n = files.readFile(
                range,
                (bytes, at, length) -> {
                    for (int i = 0; i < length; i += chunk) {
                        int part = (int) Math.min(Math.min(chunk, length - i), limit - passed[0]);
                        if (part > 0) {
                            sink.accept(bytes, at + i, part);
                            passed[0] += part;
                        }
                        if (passed[0] == limit) {
                            throw new IOException("connection reset");
                        }
                    }
                },
                deadline);
        if (breaks) {
            throw new CommandException("root@db1:22: connection reset");
        }
        return n;
    }

    @Override
    public void tryForwardToHere(Deadline deadline) {
        files.tryForwardToHere(deadline);
    }

    @Override
    public List<String> listDirectory(String path, Deadline deadline) {
        return files.listDirectory(path, deadline);
    }

    @Override
    public long fileSize(String path, Deadline deadline) {
        if (lostQuestions > 0 && lostQuestions++ % 2 == 1) {
            throw new CommandException("root@db1:22: connection reset");
        }
        return files.fileSize(path, deadline);
    }

    @Override
    public PortForward forwardToHere(int localPort, Deadline deadline) {
        return files.forwardToHere(localPort, deadline);
    }

    @Override
    public void close() {
        files.close();
    }
}
