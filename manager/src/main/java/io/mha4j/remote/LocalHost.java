package io.mha4j.remote;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The machine that this program runs on. */
public final class LocalHost implements Host {
    private static final int BUFFER_BYTES = 1 << 16;

    private final LocalRunner runner = new LocalRunner();

    @Override
    public String name() {
        return "this host";
    }

    @Override
    public Result run(List<String> argv, Deadline deadline) {
        return runner.run(argv, deadline);
    }

    @Override
    public long readFile(FileRange range, ByteSink sink, Deadline deadline) {
        try (FileChannel file = FileChannel.open(Path.of(range.path()), StandardOpenOption.READ)) {
            file.position(range.offset());
            return copy(file, range, new Outlet(range, sink, deadline));
        } catch (IOException e) {
            throw failed(range.path(), e);
        }
    }

    private static long copy(FileChannel file, FileRange range, Outlet outlet) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long left = range.length().orElse(Long.MAX_VALUE);
        while (left > 0) {
            buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
            int n = file.read(buffer);
            if (n < 0) {
                break;
            }
            outlet.pass(buffer.array(), n);
            left -= n;
        }
        return outlet.passed();
    }

    @Override
    public List<String> listDirectory(String path, Deadline deadline) {
        try (Stream<Path> entries = Files.list(Path.of(path))) {
            return entries.map(p -> p.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw failed(path, e);
        } catch (UncheckedIOException e) {
            throw failed(path, e);
        }
    }

    @Override
    public long fileSize(String path, Deadline deadline) {
        try {
            return Files.size(Path.of(path));
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /** The port itself: there is nothing in between. */
    @Override
    public PortForward forwardToHere(int localPort, Deadline deadline) {
        return new OwnPort(localPort);
    }

    @Override
    public void tryForwardToHere(Deadline deadline) {
        // Everything here leads here.
    }

    private record OwnPort(int port) implements PortForward {
        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Whoever listens there closes it.
        }
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }

    private static CommandException failed(String path, Exception e) {
        String why;
        if (e instanceof NoSuchFileException) {
            why = "no such file or directory";
        } else if (e instanceof NotDirectoryException) {
            why = "not a directory";
        } else {
            why = String.valueOf(e.getMessage());
        }
        return new CommandException(path + " on this host: " + why + "; check the path and its permissions", e);
    }
}
