package io.mha4j.topology;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One channel of {@code SHOW REPLICA STATUS}.
 *
 * @param channel      empty for the default channel (MariaDB: connection name)
 * @param sourceHost   host as written in CHANGE MASTER; a literal address means that it is re-pointed by address
 * @param user         account used to log in to the source
 * @param receiver     I/O thread
 * @param applier      SQL thread
 * @param read         how far it has received, in the source's coordinates; absent before the first connection
 * @param applied      how far it has executed, in the source's coordinates
 * @param relayLog     relay log file and offset that the applier is at
 * @param autoPosition MySQL {@code Auto_Position=1}; MariaDB {@code Using_Gtid} other than {@code No}
 * @param retrieved    MySQL {@code Retrieved_Gtid_Set}; MariaDB {@code Gtid_IO_Pos}, which begins as {@code gtid_slave_pos} and so
 *     includes domains of which the source never sent anything
 * @param delay        {@code SQL_Delay}; zero where unknown
 * @param lag          {@code Seconds_Behind_Source}; absent when the server says NULL
 * @param ssl          whether the connection to the source is told to use TLS
 * @param filters      replication filters
 * @param sourceIdentity what the source said it is ({@code Master_Server_Id}, {@code Master_UUID}); unknown before the
 *     first connection
 */
public record ReplicaStatus(
        String channel,
        String sourceHost,
        int sourcePort,
        String user,
        ThreadState receiver,
        ThreadState applier,
        Optional<BinlogPosition> read,
        Optional<BinlogPosition> applied,
        Optional<RelayPosition> relayLog,
        boolean autoPosition,
        Optional<Gtids> retrieved,
        Duration delay,
        Optional<Duration> lag,
        boolean ssl,
        Filters filters,
        ServerIdentity sourceIdentity) {
    /** How the one-time accounts begin with which replicas are levelled. */
    public static final String LEVELLING_USER = "mha4j_feed_";

    /** A status that does not know what its source is called inside. */
    public ReplicaStatus(
            String channel,
            String sourceHost,
            int sourcePort,
            String user,
            ThreadState receiver,
            ThreadState applier,
            Optional<BinlogPosition> read,
            Optional<BinlogPosition> applied,
            Optional<RelayPosition> relayLog,
            boolean autoPosition,
            Optional<Gtids> retrieved,
            Duration delay,
            Optional<Duration> lag,
            boolean ssl,
            Filters filters) {
        this(
                channel,
                sourceHost,
                sourcePort,
                user,
                receiver,
                applier,
                read,
                applied,
                relayLog,
                autoPosition,
                retrieved,
                delay,
                lag,
                ssl,
                filters,
                ServerIdentity.UNKNOWN);
    }

    /** Whether it is configured to follow a server, by that one's name or address. */
    public boolean pointsTo(ServerId server) {
        return sourcePort == server.port()
                && (sourceHost.equalsIgnoreCase(server.host()) || sourceHost.equalsIgnoreCase(server.ip()));
    }

    /**
     * Whether it follows a server, by that one's name or address, or by another that leads there: the source said that it is
     * that server. A feed says so too, of the server whose events it serves.
     *
     * @param identity what the server calls itself
     * @param known    configured servers; one that is followed by its own name or address is no other
     */
    public boolean leadsTo(ServerId server, ServerIdentity identity, Collection<ServerId> known) {
        return pointsTo(server)
                || (!isBeingLevelled()
                        && identity.sameServerAs(sourceIdentity)
                        && known.stream().noneMatch(this::pointsTo));
    }

    /** Whether both are configured to follow the same server by the same name. */
    public boolean pointsAs(ReplicaStatus other) {
        return sourcePort == other.sourcePort && sourceHost.equalsIgnoreCase(other.sourceHost);
    }

    /** The configured source, {@code host:port}. */
    public String source() {
        return sourceHost + ":" + sourcePort;
    }

    /**
     * State of a replication thread.
     *
     * @param running   {@code Yes}
     * @param word      the server's word: Yes, No, Connecting, Preparing
     * @param errorCode 0 when there is none
     * @param error     the server's text, empty when there is none
     */
    public record ThreadState(boolean running, String word, int errorCode, String error) {
        /** Stopped by an error rather than by somebody. */
        public boolean failed() {
            return !running && errorCode != 0;
        }
    }

    /** A place in the replica's own relay logs; unlike {@link BinlogPosition} its offset is the replica's. */
    public record RelayPosition(String file, long offset) {}

    /** Each list sorted and without duplicates, as the server names them. */
    public record Filters(
            List<String> doDb,
            List<String> ignoreDb,
            List<String> doTable,
            List<String> ignoreTable,
            List<String> wildDoTable,
            List<String> wildIgnoreTable) {
        public static final Filters NONE =
                new Filters(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

        public Filters {
            doDb = List.copyOf(doDb);
            ignoreDb = List.copyOf(ignoreDb);
            doTable = List.copyOf(doTable);
            ignoreTable = List.copyOf(ignoreTable);
            wildDoTable = List.copyOf(wildDoTable);
            wildIgnoreTable = List.copyOf(wildIgnoreTable);
        }

        private List<List<String>> lists() {
            return List.of(doDb, ignoreDb, doTable, ignoreTable, wildDoTable, wildIgnoreTable);
        }

        /** As every record's; written out for the reason that {@link io.mha4j.base.ServerId} gives. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Filters filters && lists().equals(filters.lists());
        }

        @Override
        public int hashCode() {
            return lists().hashCode();
        }

        /** Every filter that is set, as in a configuration file. */
        @Override
        public String toString() {
            Map<String, List<String>> named = new LinkedHashMap<>();
            named.put("replicate-do-db", doDb);
            named.put("replicate-ignore-db", ignoreDb);
            named.put("replicate-do-table", doTable);
            named.put("replicate-ignore-table", ignoreTable);
            named.put("replicate-wild-do-table", wildDoTable);
            named.put("replicate-wild-ignore-table", wildIgnoreTable);
            named.values().removeIf(List::isEmpty);
            return named.isEmpty()
                    ? "no filter"
                    : named.entrySet().stream()
                            .map(e -> e.getKey() + "=" + String.join(",", e.getValue()))
                            .collect(Collectors.joining(" "));
        }
    }

    /**
     * Whether this channel follows a source at all. After {@code RESET REPLICA} the host is still shown, but there is no
     * read position and both threads stand still. So it is for a replica that was pointed at a source by GTID and not yet
     * started, or is about to be levelled; those know all the same where to go on.
     */
    public boolean follows() {
        boolean knowsPlace = read.isPresent() || autoPosition || isBeingLevelled();
        return !sourceHost.isBlank() && (knowsPlace || !receiver.word().equalsIgnoreCase("No"));
    }

    /**
     * Whether it looks as {@code RESET REPLICA} leaves a channel by GTID: it still names a source and would find its place
     * there, but nothing was received and both threads stand still, neither by an error. One that was set up and not yet
     * started looks the same.
     */
    public boolean mayBeReset() {
        return read.isEmpty()
                && !isAtWork()
                && !isBeingLevelled()
                && receiver.errorCode() == 0
                && applier.errorCode() == 0;
    }

    /** Whether one of its threads runs, or tries to reach the source. */
    public boolean isAtWork() {
        return receiver.running() || applier.running() || !receiver.word().equalsIgnoreCase("No");
    }

    /** Whether it logs in as one does that is given rescued events by a manager; long after that its levelling was cut off. */
    public boolean isBeingLevelled() {
        return user.startsWith(LEVELLING_USER);
    }

    /** Whether everything received has been executed, as far as positions can tell. */
    public boolean appliedAllItRead() {
        return read.isPresent() && read.equals(applied);
    }
}
