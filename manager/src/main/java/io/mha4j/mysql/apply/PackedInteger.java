package io.mha4j.mysql.apply;

import io.mha4j.binlog.LittleEndian;

/**
 * A length-encoded integer of the protocol (MySQL internals, "Protocol::LengthEncodedInteger").
 *
 * @param next index behind it
 */
record PackedInteger(long value, int next) {
    static PackedInteger at(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int more =
                switch (first) {
                    case 0xfc -> 2;
                    case 0xfd -> 3;
                    case 0xfe -> 8;
                    default -> 0;
                };
        return more == 0
                ? new PackedInteger(first, at + 1)
                : new PackedInteger(LittleEndian.unsigned(bytes, at + 1, more), at + 1 + more);
    }
}
