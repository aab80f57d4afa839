package io.mha4j.lab.oracle;

import com.github.shyiko.mysql.binlog.BinaryLogFileReader;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.GtidEventData;
import com.github.shyiko.mysql.binlog.event.MariadbGtidEventData;
import com.github.shyiko.mysql.binlog.event.PreviousGtidSetEventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.NullEventDataDeserializer;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.MariadbGtidEvent;
import io.mha4j.binlog.MysqlGtid;
import io.mha4j.binlog.PreviousGtids;
import io.mha4j.binlog.QueryEvent;
import io.mha4j.binlog.RotateEvent;
import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What the library mysql-binlog-connector-java reads in a log, event by event beside the manager's reading. Types that
 * it does not know, and tagged GTIDs among them, it passes over; of these only the header is compared.
 */
final class LibraryReading {
    private LibraryReading() {}

    /**
     * Compares a whole file.
     *
     * @throws LabException naming the first event that differs
     */
    static void compare(Path file, List<Event> ours) {
        try (BinaryLogFileReader reader = new BinaryLogFileReader(file.toFile(), deserializer(ours))) {
            int i = 0;
            for (var theirs = reader.readEvent(); theirs != null; theirs = reader.readEvent(), i++) {
                if (i == ours.size()) {
                    throw new LabException(file + ": the library finds more than " + i + " events: " + theirs);
                }
                Event event = ours.get(i);
                same(file, event, "header", header(event), header((EventHeaderV4) theirs.getHeader()));
                if (theirs.getData() != null) {
                    content(file, event, theirs.getData());
                }
            }
            same(file, ours.get(ours.size() - 1), "number of events", ours.size(), i);
        } catch (IOException e) {
            throw new LabException("the library cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The library fails on lists of GTIDs with tags. */
    private static EventDeserializer deserializer(List<Event> ours) {
        EventDeserializer deserializer = new EventDeserializer();
        if (ours.stream().anyMatch(LibraryReading::hasTags)) {
            deserializer.setEventDataDeserializer(EventType.PREVIOUS_GTIDS, new NullEventDataDeserializer());
        }
        return deserializer;
    }

    private static boolean hasTags(Event event) {
        return event.type() == io.mha4j.binlog.EventType.PREVIOUS_GTIDS
                && PreviousGtids.of(event).toString().matches(".*:[a-z_].*");
    }

    private static String header(Event event) {
        io.mha4j.binlog.EventHeader header = event.header();
        return "%s time %d server %d length %d end %d flags %d"
                .formatted(
                        Objects.requireNonNullElse(EventType.byEventNumber(header.type()), EventType.UNKNOWN),
                        header.timestamp(),
                        header.serverId(),
                        header.length(),
                        header.end(),
                        header.flags());
    }

    private static String header(EventHeaderV4 header) {
        return "%s time %d server %d length %d end %d flags %d"
                .formatted(
                        header.getEventType(),
                        header.getTimestamp() / 1000,
                        header.getServerId(),
                        header.getEventLength(),
                        header.getNextPosition(),
                        header.getFlags());
    }

    private static void content(Path file, Event event, EventData data) {
        if (data instanceof QueryEventData query) {
            QueryEvent ours = QueryEvent.of(event);
            same(file, event, "statement", ours.textAsString(), query.getSql());
            same(file, event, "database", ours.databaseAsString(), query.getDatabase());
            same(file, event, "thread", ours.thread(), query.getThreadId());
            same(file, event, "error", ours.errorCode(), query.getErrorCode());
        } else if (data instanceof GtidEventData gtid) {
            String ours = MysqlGtid.of(event).map(MysqlGtid::toString).orElse("");
            same(file, event, "GTID", ours, gtid.getMySqlGtid().toString());
        } else if (data instanceof MariadbGtidEventData gtid) {
            MariadbGtidEvent ours = MariadbGtidEvent.of(event);
            same(file, event, "domain", ours.gtid().domain(), gtid.getDomainId());
            same(file, event, "sequence", ours.gtid().sequence(), gtid.getSequence());
            same(file, event, "flags", ours.flags(), gtid.getFlags() & 0xff);
        } else if (data instanceof RotateEventData rotate) {
            RotateEvent ours = RotateEvent.of(event);
            same(file, event, "file", ours.file(), rotate.getBinlogFilename());
            same(file, event, "position", ours.position(), rotate.getBinlogPosition());
        } else if (data instanceof PreviousGtidSetEventData previous) {
            same(file, event, "GTID list", PreviousGtids.of(event), GtidSet.parse(previous.getGtidSet()));
        }
    }

    private static void same(Path file, Event event, String what, Object ours, Object theirs) {
        if (!Objects.equals(ours, theirs)) {
            throw new LabException(
                    "%s at %d: %s: we read %s, the library %s".formatted(file, event.offset(), what, ours, theirs));
        }
    }
}
