package io.mha4j.mysql;

import io.mha4j.base.AddedLater;
import io.mha4j.base.Secret;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.topology.ReplicaStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * Where a replica is to replicate from.
 *
 * @param host     host name or address as the replica should use it
 * @param user     account to log in with
 * @param password its password; absent: the replica keeps the one it has
 * @param start    where in the source's history to start
 * @param link     how to keep in touch with the source
 */
public record SourceTarget(String host, int port, String user, Optional<Secret> password, Start start, Link link) {
    public SourceTarget {
        if (host.isBlank() || user.isBlank()) {
            throw new IllegalArgumentException("a replication source needs a host and an account");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " of " + host + " is not between 1 and 65535");
        }
        // Servers keep these line by line in a file: a line break would move every later setting by one line.
        if (hasControl(host)
                || hasControl(user)
                || password.map(Secret::reveal).filter(SourceTarget::hasControl).isPresent()) {
            throw new IllegalArgumentException(
                    "host, account or password of source " + port + " holds a control character");
        }
    }

    /** A source that the replica keeps in touch with as it does already. */
    public SourceTarget(String host, int port, String user, Optional<Secret> password, Start start) {
        this(host, port, user, password, start, Link.AS_IT_IS);
    }

    /** The same source with another manner of keeping in touch. */
    public SourceTarget with(Link other) {
        return new SourceTarget(host, port, user, password, start, other);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < ' ');
    }

    /**
     * How a replica keeps in touch with its source. What is absent stays as the replica has it; the heartbeat aside,
     * which every server sets to half of its network timeout when it is pointed at another host or port and not told
     * (MySQL manual, "CHANGE REPLICATION SOURCE TO").
     *
     * @param tls       whether and how to encrypt
     * @param retry     time between two attempts to connect; whole seconds count
     * @param heartbeat time without events after which the source shows that it lives
     * @param delay     how long to hold back events before executing them; whole seconds count
     * @param compression MySQL 8.0.18 and later: the algorithms of which the connection must use one, with commas; absent also for a
     *     replica that puts up with none
     */
    public record Link(
            Optional<Tls> tls,
            Optional<Duration> retry,
            Optional<Duration> heartbeat,
            Optional<Duration> delay,
            @AddedLater Optional<String> compression) {
        public static final Link AS_IT_IS =
                new Link(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** {@code SOURCE_COMPRESSION_ALGORITHMS} of a connection that is not compressed. */
        static final String UNCOMPRESSED = "uncompressed";

        /** One that says nothing of compression. */
        public Link(
                Optional<Tls> tls, Optional<Duration> retry, Optional<Duration> heartbeat, Optional<Duration> delay) {
            this(tls, retry, heartbeat, delay, Optional.empty());
        }

        /**
         * To be levelled by a source of ours for a short time: not encrypted, connects again after a second, hears from
         * it each second, holds nothing back.
         */
        public static final Link FOR_LEVELLING = new Link(
                Optional.of(Tls.OFF),
                Optional.of(Duration.ofSeconds(1)),
                Optional.of(Duration.ofSeconds(1)),
                Optional.of(Duration.ZERO));

        /**
         * For one that followed nobody before: encrypted where all these others are, else as it is. Whether to check the source's
         * certificate, and by which files, is a matter of its own host.
         */
        public static Link like(Collection<ReplicaStatus> others) {
            boolean encrypted = !others.isEmpty() && others.stream().allMatch(ReplicaStatus::ssl);
            return encrypted
                    ? new Link(Optional.of(Tls.ON), Optional.empty(), Optional.empty(), Optional.empty())
                    : AS_IT_IS;
        }

        /** The same for a replica that keeps in touch in this manner otherwise: a source of ours compresses nothing. */
        public Link forLevelling() {
            return new Link(
                    FOR_LEVELLING.tls(),
                    FOR_LEVELLING.retry(),
                    FOR_LEVELLING.heartbeat(),
                    FOR_LEVELLING.delay(),
                    compression.map(demanded -> UNCOMPRESSED));
        }
    }

    /**
     * Encryption of the connection to the source.
     *
     * @param used    whether it is asked for
     * @param checked whether the source's certificate must name its host; absent: as the replica has it
     */
    public record Tls(boolean used, Optional<Boolean> checked) {
        public static final Tls OFF = new Tls(false, false);
        static final Tls ON = new Tls(true, Optional.empty());

        public Tls(boolean used, boolean checked) {
            this(used, Optional.of(checked));
        }
    }

    /** Where a replica starts to read. */
    public sealed interface Start {
        /** @param place absent: where its own GTIDs say */
        static Start from(Optional<BinlogPosition> place) {
            return place.<Start>map(FilePosition::new).orElseGet(AutoPosition::new);
        }

        /** From a place in the source's binary log; GTID auto-positioning is switched off. */
        record FilePosition(BinlogPosition position) implements Start {}

        /**
         * From wherever the replica's own GTIDs end: MySQL {@code AUTO_POSITION=1}, MariaDB
         * {@code MASTER_USE_GTID=slave_pos}.
         */
        record AutoPosition() implements Start {}
    }
}
