package io.mha4j.feed;

import java.io.IOException;
import java.util.Arrays;

/** The first part of a conversation: greeting, and the client's proof that it knows the served.account(). */
final class Login {
    /** Long enough for the attributes that clients like to send, though they are not asked for. */
    static final int LIMIT = 1 << 17;

    private static final int PROTOCOL = 10;
    private static final int UTF8 = 33;
    private static final int AUTOCOMMIT = 2;
    private static final int SALT_BYTES = 20;
    private static final int SALT_IN_FRONT = 8;

    private static final int WITH_DATABASE = 0x8;
    private static final int PROTOCOL_41 = 0x200;
    private static final int PLUGIN_AUTH = 0x80000;
    /** Long passwords and flags, database, protocol 4.1, transactions, salted proofs, methods by name. No TLS. */
    private static final int ABILITIES = 0x1 | 0x4 | WITH_DATABASE | PROTOCOL_41 | 0x2000 | 0x8000 | PLUGIN_AUTH;

    private static final int SWITCH = 0xfe;
    private static final int MORE = 0x01;
    private static final int NO_PASSWORD_NEEDED = 0x03;

    private final Packets packets;
    private final Served served;
    private final AuthMethod method;

    Login(Packets packets, Served served) {
        this.packets = packets;
        this.served = served;
        this.method = AuthMethod.of(served.format());
    }

    /**
     * Lets the client in.
     *
     * @param number of the connection
     * @throws ProtocolException if it does not know the account, after telling it so
     */
    void letIn(int number) throws IOException {
        byte[] salt = salt();
        packets.restart();
        greet(number, salt);
        Fields answer = new Fields(packets.read(LIMIT));
        int abilities = (int) answer.number(4);
        if ((abilities & PROTOCOL_41) == 0) {
            throw new ProtocolException("it speaks a protocol older than 4.1");
        }
        answer.skip(4 + 1 + 23);
        String user = answer.untilZero();
        byte[] proof = answer.bytes(answer.number(1));
        if (!proves(user, proof, salt) && !provesAgain(user)) {
            packets.error(1045, "28000", "Access denied for user '" + user + "' (using password: YES)");
            packets.flush();
            throw new ProtocolException("it does not know the account of this feed: it came as '" + user + "'");
        }
        if (method == AuthMethod.CACHING_SHA2) {
            packets.write(Payload.of(MORE).number(NO_PASSWORD_NEEDED, 1).bytes());
        }
        packets.ok();
        packets.flush();
    }

    private boolean proves(String user, byte[] proof, byte[] salt) {
        return user.equals(served.account().user())
                && method.isProved(proof, served.account().password(), salt);
    }

    private void greet(int number, byte[] salt) throws IOException {
        packets.write(Payload.of(PROTOCOL)
                .untilZero(served.format().serverVersion())
                .number(number, 4)
                .raw(Arrays.copyOf(salt, SALT_IN_FRONT))
                .number(0, 1)
                .number(ABILITIES & 0xffff, 2)
                .number(UTF8, 1)
                .number(AUTOCOMMIT, 2)
                .number(ABILITIES >>> 16, 2)
                .number(SALT_BYTES + 1, 1)
                .raw(new byte[10])
                .raw(Arrays.copyOfRange(salt, SALT_IN_FRONT, SALT_BYTES))
                .number(0, 1)
                .untilZero(method.plugin())
                .bytes());
        packets.flush();
    }

    /** A client whose own default is another method answers by that one first. */
    private boolean provesAgain(String user) throws IOException {
        byte[] salt = salt();
        packets.write(Payload.of(SWITCH)
                .untilZero(method.plugin())
                .raw(salt)
                .number(0, 1)
                .bytes());
        packets.flush();
        return proves(user, packets.read(LIMIT), salt);
    }

    /** Printable, as servers make it: some clients stop at a byte 0. */
    private byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        for (int i = 0; i < salt.length; i++) {
            salt[i] = (byte) (33 + served.luck().nextInt(94));
        }
        return salt;
    }
}
