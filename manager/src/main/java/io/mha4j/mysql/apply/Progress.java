package io.mha4j.mysql.apply;

/** Told how far applying is, after each transaction, by the thread that applies; must be quick. */
public interface Progress {
    Progress NONE = applied -> {};

    void reached(Applied applied);
}
