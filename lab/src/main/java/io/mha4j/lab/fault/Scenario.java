package io.mha4j.lab.fault;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What befalls the source. */
public enum Scenario {
    /** Its process is killed while clients write. */
    KILL9("source killed with SIGKILL under load", "the source was killed"),
    /** It stands still: connections are accepted and nothing is answered. */
    FREEZE("source frozen with SIGSTOP under load", "the source was frozen"),
    /** Replicas stop receiving, clients go on writing, then its process is killed. */
    UNRECEIVED("source killed, with its last transactions on no replica", "the source was killed"),
    /** The first replica stops receiving, clients go on writing, then its process is killed. */
    LAGGING("source killed, with one replica behind the other", "the source was killed"),
    /** Its machine vanishes: neither MySQL nor SSH answer. */
    HOSTGONE("source's whole host gone under load", "the source's host vanished");

    private final String title;
    private final String struck;

    Scenario(String title, String struck) {
        this.title = title;
        this.struck = struck;
    }

    /** As on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scenario> named(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Stream.of(values()).map(Scenario::word).toList();
    }

    public String title() {
        return title;
    }

    /** What happened, as a clause in the past. */
    public String struck() {
        return struck;
    }
}
