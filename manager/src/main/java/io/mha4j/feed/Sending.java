package io.mha4j.feed;

import io.mha4j.archive.EventCursor;
import io.mha4j.archive.Piece;
import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.RotateEvent;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * The stream of events to one replica: a made-up ROTATE and the format description, events as they are, the same two
 * again behind each ROTATE and wherever another file or form begins; then signs of life until the replica hangs up.
 */
final class Sending {
    private static final int EVENT = 0x00;
    private static final Duration LOOK_WHETHER_IT_LIVES = Duration.ofSeconds(60);
    /** Beyond it the position of a heartbeat is cut to its low bits, and the replica takes it for a contradiction. */
    private static final long HEARTBEAT_REACH = 1L << 32;

    private final Line line;
    private final Packets packets;
    private final MadeEvents made;
    private final Meter meter;
    private final Beginning first;

    /** Where the replica thinks it is; some versions only add lengths, others believe the events. */
    private String file = "";

    private long offset;
    private long counted;
    private FormatDescription format;
    private boolean checksums;

    Sending(Line line, MadeEvents made, Meter meter, Beginning first) {
        this.line = line;
        this.packets = line.packets();
        this.made = made;
        this.meter = meter;
        this.first = first;
        this.format = first.format();
    }

    /**
     * Sends everything from the beginning on; returns when all of it was handed to the network.
     *
     * @param sealed whether the replica was told that the first made-up event has a checksum
     */
    void all(boolean sealed) throws IOException {
        checksums = sealed;
        meter.begins(first.at());
        begin(first.at(), first.format(), first.head(), first.anew());
        EventCursor events = first.events();
        Optional<BinlogPosition> rotated = Optional.empty();
        for (boolean more = first.any(); more; more = next(events, first.choice())) {
            boolean otherFile = !events.sourceFile().equals(file);
            if (otherFile || rotated.isPresent() || !events.format().equals(format)) {
                begin(new BinlogPosition(events.sourceFile(), events.start()), events.format(), otherFile, false);
            }
            send(events);
            rotated = rotation(events);
        }
        if (rotated.isPresent()) {
            begin(rotated.get(), format, false, false);
        }
        packets.flush();
        meter.atEnd(new BinlogPosition(file, offset));
    }

    private static boolean next(EventCursor events, Choice choice) {
        while (events.advance()) {
            if (choice.takes(events)) {
                return true;
            }
        }
        return false;
    }

    /** Where the source went on, if the event said so. Behind it a replica needs the format description again. */
    private static Optional<BinlogPosition> rotation(EventCursor events) {
        if (events.header().type() != EventType.ROTATE) {
            return Optional.empty();
        }
        RotateEvent rotate = RotateEvent.of(Choice.event(events));
        return Optional.of(new BinlogPosition(rotate.file(), rotate.position()));
    }

    /**
     * The made-up ROTATE still ends as the events before it did: only the format description behind it tells the replica
     * of another form. A replica with parallel workers forgets an unfinished transaction only for a format description that has
     * a place (sql/rpl_slave.cc, exec_relay_log_event), and then counts its length.
     */
    private void begin(BinlogPosition at, FormatDescription form, boolean head, boolean anew) throws IOException {
        long length = form.event().length;
        boolean placed = anew && at.offset() >= Piece.FIRST_EVENT + length;
        sendMade(made.rotate(at.file(), placed ? at.offset() - length : at.offset(), checksums));
        sendMade(MadeEvents.formatDescription(form, placed ? at.offset() : 0, head));
        file = at.file();
        offset = at.offset();
        counted = at.offset();
        format = form;
        checksums = form.checksums();
    }

    private void send(EventCursor event) throws IOException {
        long length = event.header().length();
        packets.write(length + 1, out -> {
            out.write(EVENT);
            event.copyTo(out);
        });
        offset = event.end();
        counted += length;
        meter.sent(length, file, offset);
    }

    private void sendMade(byte[] event) throws IOException {
        packets.write(event.length + 1L, out -> {
            out.write(EVENT);
            out.write(event);
        });
    }

    /** Keeps the replica content until it hangs up: nothing that it says now means anything else. */
    void stayWith(Optional<Duration> heartbeat, Ticks ticks) throws IOException {
        Duration period = heartbeat.orElse(LOOK_WHETHER_IT_LIVES);
        Deadline next = Deadline.in(period, ticks);
        while (true) {
            Duration left = next.remaining();
            line.readWithin(left.compareTo(LOOK_WHETHER_IT_LIVES) < 0 ? left : LOOK_WHETHER_IT_LIVES);
            try {
                packets.awaitEnd();
                return;
            } catch (SocketTimeoutException e) {
                if (next.isOver()) {
                    next = Deadline.in(period, ticks);
                    beat(heartbeat.isPresent());
                }
            }
        }
    }

    /** Before MySQL 5.6 the position must be the very one that the replica counted; later ones believe a further one. */
    private void beat(boolean wanted) throws IOException {
        long position = FormatDescription.knowsChecksums(format.serverVersion()) ? offset : counted;
        if (wanted && position < HEARTBEAT_REACH) {
            sendMade(made.heartbeat(file, position, checksums));
            packets.flush();
        }
    }
}
