package io.mha4j.mysql.apply;

/** Told how far applying is, after each transaction, by the thread that applies; must be quick. */
public interface Progress {
    Progress NONE = applied -> {};

    void reached(Applied applied);

    /** The next event is the first one that is applied; until now the server may have refused, and nothing has changed. */
    default void begins() {}

    /** Everything is applied and committed; what was changed on the server is not put back yet. */
    default void done() {}
}
