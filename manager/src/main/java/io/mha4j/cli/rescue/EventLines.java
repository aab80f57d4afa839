package io.mha4j.cli.rescue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mha4j.binlog.Damage;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.TransactionReader;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;

/** Prints events or whole transactions, as text or JSON, one in a line. */
final class EventLines {
    private final PrintStream out;
    private final boolean perTransaction;
    private final boolean json;
    private final JsonMapper mapper = new JsonMapper();
    private TransactionReader transactions = new TransactionReader();
    private Optional<Group> group = Optional.empty();

    EventLines(PrintStream out, boolean perTransaction, boolean json) {
        this.out = out;
        this.perTransaction = perTransaction;
        this.json = json;
    }

    /** Events since the last transaction ended. */
    private record Group(Event first, Event last, long events, String gtid, String text) {
        static Group of(Event event) {
            return new Group(event, event, 1, EventWords.gtid(event), EventWords.statement(event));
        }

        Group with(Event event) {
            return new Group(
                    first,
                    event,
                    events + 1,
                    gtid.isEmpty() ? EventWords.gtid(event) : gtid,
                    text.isEmpty() ? EventWords.statement(event) : text);
        }
    }

    /** A file begins. */
    void begin(String path) {
        transactions = new TransactionReader();
        group = Optional.empty();
        if (!json) {
            out.println("# " + path);
        }
    }

    void event(Event event) {
        if (!perTransaction) {
            print(event);
            return;
        }
        long before = transactions.whole();
        transactions.accept(event);
        if (transactions.whole() > before) {
            print(group.map(g -> g.with(event)).orElseGet(() -> Group.of(event)), true);
            group = Optional.empty();
        } else if (transactions.open()) {
            boolean begins = transactions.openEvents() == 1;
            group = Optional.of(
                    begins ? Group.of(event) : group.map(g -> g.with(event)).orElseGet(() -> Group.of(event)));
        }
    }

    /** A file ended, for one of these reasons or well. */
    void end(Optional<Damage> damage, long torn) {
        group.filter(g -> transactions.open()).ifPresent(g -> print(g, false));
        damage.ifPresent(d -> flaw("damaged at " + d));
        if (torn > 0) {
            flaw("ends in the middle of an event, " + torn + " bytes of which are there");
        }
    }

    private void flaw(String text) {
        if (json) {
            out.println(mapper.createObjectNode().put("problem", text));
        } else {
            out.println("# " + text);
        }
    }

    private void print(Event event) {
        String checksum = event.format().checksums() ? "crc32 ok" : "none";
        if (json) {
            ObjectNode line = mapper.createObjectNode();
            line.put("offset", event.offset()).put("bytes", event.header().length());
            line.put("end_log_pos", event.header().end()).put("type", EventType.name(event.type()));
            line.put("time", time(event)).put("server_id", event.header().serverId());
            line.put("flags", event.header().flags()).put("checksum", checksum);
            putUnlessEmpty(line, "gtid", EventWords.gtid(event));
            putUnlessEmpty(line, "text", EventWords.about(event));
            out.println(line);
        } else {
            out.printf(
                    "%10d  %-20s  %9d  %s  server %d  end %d  %s  %s%n",
                    event.offset(),
                    EventType.name(event.type()),
                    event.header().length(),
                    time(event),
                    event.header().serverId(),
                    event.header().end(),
                    checksum,
                    EventWords.about(event));
        }
    }

    private void print(Group done, boolean whole) {
        long bytes = done.last().endOffset() - done.first().offset();
        if (json) {
            ObjectNode line = mapper.createObjectNode();
            line.put("offset", done.first().offset()).put("bytes", bytes).put("events", done.events());
            line.put("end_log_pos", done.last().header().end()).put("time", time(done.last()));
            line.put("server_id", done.first().header().serverId()).put("whole", whole);
            putUnlessEmpty(line, "gtid", done.gtid());
            putUnlessEmpty(line, "text", done.text());
            out.println(line);
        } else {
            out.printf(
                    "%10d  %-44s  %5d events  %9d bytes  %s  server %d  end %d  %s%s%n",
                    done.first().offset(),
                    done.gtid().isEmpty() ? "no GTID" : done.gtid(),
                    done.events(),
                    bytes,
                    time(done.last()),
                    done.first().header().serverId(),
                    done.last().header().end(),
                    whole ? "" : "UNFINISHED ",
                    done.text());
        }
    }

    private static void putUnlessEmpty(ObjectNode line, String name, String value) {
        if (!value.isEmpty()) {
            line.put(name, value);
        }
    }

    private static String time(Event event) {
        return Instant.ofEpochSecond(event.header().timestamp()).toString();
    }
}
