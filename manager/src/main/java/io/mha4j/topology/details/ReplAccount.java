package io.mha4j.topology.details;

/**
 * Whether replicas could log in to a server.
 *
 * @param user    account that they would use
 * @param outcome what trying and looking brought
 * @param why     the server's words where it refused, else empty
 * @param plugin  how the account proves its password, for example {@code caching_sha2_password}; empty where unknown
 */
public record ReplAccount(String user, Outcome outcome, String why, String plugin) {
    /** What was found. */
    public enum Outcome {
        /** It can log in, or exists for other hosts, and may replicate. */
        FIT,
        /** No account of that name exists. */
        MISSING,
        /** It exists and lacks REPLICATION SLAVE. */
        NO_PRIVILEGE,
        /** It exists for our host too, but the configured password is wrong. */
        WRONG_PASSWORD,
        /** The server does not let it in, whatever its password. */
        NOT_LET_IN,
        /** Neither could be tried nor looked up. */
        UNKNOWN
    }

    /** Nobody knows which account replicas use. */
    public static final ReplAccount NONE = new ReplAccount("", Outcome.UNKNOWN, "", "");
}
