package io.mha4j.lab.load;

/** The table the load client writes to. */
public final class LoadTable {
    /** Qualified name. */
    public static final String NAME = "test.load_writes";

    /**
     * Creates it. The key is not unique on purpose: an event applied twice shall leave two rows that the checker can
     * count, not an error that some tool might skip.
     */
    public static final String CREATE = "CREATE TABLE IF NOT EXISTS " + NAME
            + " (client INT NOT NULL, sequence BIGINT NOT NULL, payload VARCHAR(200) NOT NULL,"
            + " KEY written (client, sequence)) ENGINE=InnoDB";

    static final String INSERT = "INSERT INTO " + NAME + " (client, sequence, payload) VALUES (?, ?, ?)";

    private LoadTable() {}
}
