package io.mha4j.mysql.apply;

/** Told how far applying is, after each transaction, by the thread that applies; must be quick. */
public interface Progress {
    Progress NONE = applied -> {};

    void reached(Applied applied);

    /** The next event is the first one that is applied; until now the server may have refused, and nothing has changed. */
    default void begins() {}

    /**
     * It broke off. The server says that it has rolled back what was begun and not committed, as far as its tables can; not
     * told where it does not say so.
     *
     * @param temporaryTables whether temporary tables were open behind what is committed, which are gone with the session: what comes
     *     then may need them
     */
    default void undone(Applied committed, boolean temporaryTables) {}

    /** Everything is applied and committed; what was changed on the server is not put back yet. */
    default void done() {}
}
