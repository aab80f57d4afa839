package io.mha4j.feed;

import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.EventCursor;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The conversation with one client, on a thread of its own. */
final class Connection implements Runnable {
    private static final int QUIT = 0x01;
    private static final int QUERY = 0x03;
    private static final int PING = 0x0e;
    private static final int BINLOG_DUMP = 0x12;
    private static final int REGISTER_SLAVE = 0x15;
    private static final int BINLOG_DUMP_GTID = 0x1e;

    private static final Duration NEXT_WORD = Duration.ofSeconds(15);
    /** A replica tells all that it has in one packet. */
    private static final int COMMAND_LIMIT = 1 << 26;

    /** Servers cut the text of an error after 511 characters. */
    private static final int ERROR_TEXT = 500;

    private final Line line;
    private final Packets packets;
    private final Served served;
    private final int number;
    private final Meter meter;
    private final Wishes wishes = new Wishes();

    /**
     * @param number of the connection
     */
    Connection(Line line, Served served, int number) {
        this.line = line;
        this.packets = line.packets();
        this.served = served;
        this.number = number;
        this.meter = new Meter(line.client());
    }

    void cutIfStalled() {
        line.cutIfStalled();
    }

    void close() {
        line.close();
    }

    FeedProgress progress() {
        return meter.shown();
    }

    @Override
    public void run() {
        Optional<String> problem = problemOf(this::talk);
        line.close();
        meter.closed(problem.map(text -> line.client() + ": " + text));
    }

    private interface Talk {
        void run() throws IOException;
    }

    private Optional<String> problemOf(Talk talk) {
        try {
            talk.run();
            return Optional.empty();
        } catch (EOFException e) {
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            return Optional.of("it said nothing for " + NEXT_WORD.toSeconds() + " s");
        } catch (ProtocolException | ArchiveException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return line.wasStalled()
                    ? Optional.of("it took no byte for " + line.stallLimit().toSeconds() + " s")
                    : Optional.of("the connection broke: " + e.getMessage())
                            .filter(t -> !meter.shown().atEnd());
        } catch (RuntimeException e) {
            return Optional.of("serving it failed: " + e);
        }
    }

    private void talk() throws IOException {
        line.readWithin(NEXT_WORD);
        new Login(packets, served).letIn(number);
        boolean more = true;
        while (more) {
            packets.restart();
            byte[] command = packets.read(COMMAND_LIMIT);
            more = command.length > 0 && answer(command);
            packets.flush();
        }
    }

    /** Answers one command; false if it was the last. */
    private boolean answer(byte[] command) throws IOException {
        Fields fields = new Fields(command);
        int word = (int) fields.number(1);
        switch (word) {
            case QUERY -> answerQuery(new String(command, 1, command.length - 1, StandardCharsets.UTF_8));
            case PING, REGISTER_SLAVE -> packets.ok();
            case BINLOG_DUMP -> dump(() -> DumpRequest.byPlace(fields, wishes));
            case BINLOG_DUMP_GTID -> dump(() -> DumpRequest.byGtids(fields));
            case QUIT -> {
                return false;
            }
            default -> packets.error(1047, "08S01", "Unknown command");
        }
        return word != BINLOG_DUMP && word != BINLOG_DUMP_GTID;
    }

    private void answerQuery(String statement) throws IOException {
        served.questions().answer(statement, wishes).sendTo(packets);
    }

    private interface Asked {
        DumpRequest request() throws ProtocolException;
    }

    private void dump(Asked asked) throws IOException {
        Beginning first;
        try {
            first = beginning(asked.request());
        } catch (ProtocolException | ArchiveException e) {
            String text = String.valueOf(e.getMessage());
            packets.error(1236, "HY000", text.length() > ERROR_TEXT ? text.substring(0, ERROR_TEXT) : text);
            packets.flush();
            throw e;
        }
        try (EventCursor events = first.events()) {
            Sending sending = new Sending(line, served.made(), meter, first);
            sending.all(wishes.knowsChecksums() && served.questions().checksums());
            sending.stayWith(wishes.heartbeat(), served.ticks());
        }
    }

    private Beginning beginning(DumpRequest request) throws ProtocolException {
        meter.asks(request.serverId());
        if (!wishes.knowsChecksums() && served.hasChecksums()) {
            throw new ProtocolException("it is too old to read events with checksums, as this source has them");
        }
        return new Seek(served.archive(), request.wantsAnnotations(wishes)).of(request.from());
    }
}
