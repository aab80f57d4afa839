package io.mha4j.scenario;

import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.topology.ReplicaStatus;
import io.mha4j.topology.ReplicaStatus.Filters;
import io.mha4j.topology.ReplicaStatus.RelayPosition;
import io.mha4j.topology.ReplicaStatus.ThreadState;
import io.mha4j.topology.ServerIdentity;
import java.time.Duration;
import java.util.Optional;

/** Words of a server line, or of a line beginning with {@code +}, that stand for one channel's status. */
final class ChannelWords {
    private final ServerLine line;
    private final Words words;
    private final Cast cast;

    private ChannelWords(ServerLine line, Words words, Cast cast) {
        this.line = line;
        this.words = words;
        this.cast = cast;
    }

    static ReplicaStatus read(ServerLine line, Words words, Cast cast) {
        return new ChannelWords(line, words, cast).status();
    }

    private ReplicaStatus status() {
        String of = words.text("of").orElseGet(() -> cast.firstSource().id().section());
        int colon = of.lastIndexOf(':');
        Optional<ServerLine> source = cast.named(of);
        if (colon < 0 && source.isEmpty()) {
            throw new IllegalArgumentException("of=" + of + ": the name of a server, or host:port");
        }
        Optional<BinlogPosition> read = position("read", Optional.of("bin.000001:1000"));
        return new ReplicaStatus(
                words.text("channel", ""),
                source.map(s -> s.id().host()).orElseGet(() -> of.substring(0, colon)),
                source.map(s -> s.id().port()).orElseGet(() -> Integer.parseInt(of.substring(colon + 1))),
                words.text("source_user", "repl"),
                thread("io"),
                thread("sql"),
                read,
                position("applied", read.map(BinlogPosition::toString)),
                words.text("relay").map(Cast::position).map(p -> new RelayPosition(p.file(), p.offset())),
                words.flag("auto_position", false),
                retrieved(source),
                Duration.ofSeconds(words.number("delay", 0)),
                lag(),
                words.flag("ssl", false),
                filters(),
                identity(source));
    }

    private Optional<BinlogPosition> position(String key, Optional<String> otherwise) {
        return words.text(key)
                .or(() -> otherwise)
                .filter(t -> !t.equals("none"))
                .map(Cast::position);
    }

    /** {@code yes}, {@code no}, {@code connecting} or {@code error:1062}. */
    private ThreadState thread(String key) {
        String word = words.text(key, "yes");
        if (word.startsWith("error:")) {
            return new ThreadState(false, "No", Integer.parseInt(word.substring(6)), "error " + word.substring(6));
        }
        return switch (word) {
            case "yes" -> new ThreadState(true, "Yes", 0, "");
            case "no" -> new ThreadState(false, "No", 0, "");
            case "connecting" -> new ThreadState(false, "Connecting", 0, "");
            default -> throw new IllegalArgumentException(key + "=" + word + ": yes, no, connecting or error:CODE");
        };
    }

    private Optional<Gtids> retrieved(Optional<ServerLine> source) {
        Optional<String> said = words.text("retrieved");
        if (!line.gtids()) {
            return Optional.empty();
        }
        return said.map(text -> cast.gtids(line, text))
                .or(() -> Optional.of(cast.firstTen(line, source.orElseGet(cast::firstSource))));
    }

    /** {@code null} stands for an unknown lag; stopped threads have one. */
    private Optional<Duration> lag() {
        String said = words.text("lag", thread("io").running() && thread("sql").running() ? "0" : "null");
        return said.equals("null") ? Optional.empty() : Optional.of(Duration.ofSeconds(Long.parseLong(said)));
    }

    private Filters filters() {
        return new Filters(
                words.list("do_db"),
                words.list("ignore_db"),
                words.list("do_table"),
                words.list("ignore_table"),
                words.list("wild_do_table"),
                words.list("wild_ignore_table"));
    }

    private ServerIdentity identity(Optional<ServerLine> source) {
        return new ServerIdentity(
                words.number("source_id", source.map(ServerLine::serverId).orElse(0L)),
                words.text("source_uuid").or(() -> source.flatMap(ServerLine::uuid)));
    }
}
