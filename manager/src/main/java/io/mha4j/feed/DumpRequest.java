package io.mha4j.feed;

import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.MariadbGtids;
import io.mha4j.binlog.PreviousGtids;
import java.util.Optional;

/**
 * A replica's request for events.
 *
 * @param serverId the replica's
 * @param from     where it wants to begin
 */
record DumpRequest(long serverId, int flags, From from) {
    private static final int ANNOTATIONS = 0x02;

    /** Where a replica wants to begin. */
    sealed interface From {
        /**
         * By file and position.
         *
         * @param low the low 32 bits of the offset: the command has room for no more
         */
        record Place(String file, long low) implements From {}

        /** Behind everything in a set; MySQL. */
        record Missing(GtidSet has) implements From {}

        /** Behind a position; MariaDB. */
        record Behind(MariadbGtids state) implements From {}
    }

    /** Reads COM_BINLOG_DUMP; MariaDB has said before whether its position there counts. */
    static DumpRequest byPlace(Fields packet, Wishes wishes) throws ProtocolException {
        long low = packet.number(4);
        int flags = (int) packet.number(2);
        long server = packet.number(4);
        String file = packet.rest();
        Optional<MariadbGtids> state = wishes.mariadbState();
        return new DumpRequest(
                server, flags, state.isPresent() ? new From.Behind(state.get()) : new From.Place(file, low));
    }

    /** Reads COM_BINLOG_DUMP_GTID. */
    static DumpRequest byGtids(Fields packet) throws ProtocolException {
        int flags = (int) packet.number(2);
        long server = packet.number(4);
        packet.skip((int) Math.min(Integer.MAX_VALUE, packet.number(4)));
        packet.skip(8);
        byte[] set = packet.bytes(packet.number(4));
        try {
            return new DumpRequest(server, flags, new From.Missing(PreviousGtids.read(set, 0, set.length)));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("it says what it has in a set that cannot be read: " + e.getMessage());
        }
    }

    /** Whether MariaDB wants the text of statements beside their rows; MySQL means something else by the same flag. */
    boolean wantsAnnotations(Wishes wishes) {
        return !wishes.isMariadb() || (flags & ANNOTATIONS) != 0;
    }
}
