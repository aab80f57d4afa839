package io.mha4j.cli.watch;

import io.mha4j.base.ServerId;
import io.mha4j.cli.rejoin.Homecoming;
import io.mha4j.execution.rejoin.Comparison;
import java.util.Optional;

/** What one look at an old master showed, or did. */
sealed interface Seen {
    /** For the log, behind the server's name. */
    String sentence();

    /** Whether it takes no writes, and answers. */
    default boolean isClosed() {
        return true;
    }

    /** It does not answer, or lets nobody in. */
    record Away(String why) implements Seen {
        @Override
        public String sentence() {
            return "is away: " + why;
        }

        @Override
        public boolean isClosed() {
            return false;
        }
    }

    /** It follows the present master. */
    record Home() implements Seen {
        @Override
        public String sentence() {
            return "follows the new one; it belongs to the tree again";
        }
    }

    /** It follows the present master, and no configuration names it any more. */
    record Unnamed() implements Seen {
        @Override
        public String sentence() {
            return "follows the new one, but the configuration has no section of it any more, so it is in no tree; give it"
                    + " one (masterha_conf_host --command=add), then send SIGHUP";
        }
    }

    /** It follows the present master, but clients may still be led to its host. */
    record WithAddress() implements Seen {
        @Override
        public String sentence() {
            return "follows the new one; it stays left out until its host is known to be without the virtual address";
        }
    }

    /** It answers, and takes no writes. */
    record ReadOnly() implements Seen {
        @Override
        public String sentence() {
            return "answers again, read-only; masterha rejoin lets it follow the new master";
        }
    }

    /** It answered and took writes; it was made read-only. */
    record Fenced() implements Seen {
        @Override
        public String sentence() {
            return "answers again and took writes; it was made read-only. What was written to it meanwhile is only"
                    + " there until it is compared, and that is saved";
        }
    }

    /** It takes no writes, and is being compared. */
    record Comparing() implements Seen {
        @Override
        public String sentence() {
            return "answers again, read-only; it is compared with the new master now";
        }
    }

    /**
     * It was closed for writers and compared.
     *
     * @param result what came of it, one clause
     * @param event  what people are called for, a few words; absent if the log is enough
     */
    record Handled(String result, Optional<String> event) implements Seen {
        /** Transactions may be lost with it. */
        static final String DIVERGED = "old master has diverged";

        private static final String NOT_ATTACHED = "old master was not attached";
        private static final String NOT_COMPARED = "old master was not compared";

        /** What came of comparing one that nobody asked to attach. */
        static Handled compared(ServerId old, Homecoming.End end) {
            if (end instanceof Homecoming.End.Equal equal) {
                return new Handled(
                        "it holds nothing that the new master lacks (" + equal.how()
                                + "); it is left read-only. Attach it with" + " masterha rejoin --host=" + old.host()
                                + " --port=" + old.port(),
                        Optional.empty());
            }
            return of(end);
        }

        static Handled notCompared(String why) {
            return new Handled("was not compared: " + why, Optional.of(NOT_COMPARED));
        }

        static Handled of(Homecoming.End end) {
            if (end instanceof Homecoming.End.Home home) {
                return new Handled(home.sentence(), Optional.empty());
            }
            if (end instanceof Homecoming.End.Diverged diverged) {
                return new Handled(
                        "has diverged: " + diverged.found().what() + saved(diverged.found()), Optional.of(DIVERGED));
            }
            if (end instanceof Homecoming.End.Equal equal) {
                return new Handled("has nothing of its own: " + equal.how(), Optional.empty());
            }
            return end instanceof Homecoming.End.Offered offered
                    ? new Handled(
                            "has nothing of its own in its log, but " + offered.doubt()
                                    + ": its data may lack what its log has. If only its process had died, attach it by"
                                    + " masterha rejoin",
                            Optional.empty())
                    : new Handled(
                            "is not attached: " + ((Homecoming.End.Refused) end).why(), Optional.of(NOT_ATTACHED));
        }

        private static String saved(Comparison.Diverged found) {
            return found.saved()
                            .map(a -> (found.why().isPresent()
                                            ? "; what could be read is saved in "
                                            : "; they are saved in ")
                                    + a.description() + " (masterha binlog " + a.description() + " --transactions)")
                            .orElseGet(() ->
                                    "; they could not be saved: " + found.why().orElse("nothing was read"))
                    + ". Nothing was erased";
        }

        static Handled failed(String why) {
            return new Handled("could not be attached: " + why, Optional.of(NOT_ATTACHED));
        }

        @Override
        public String sentence() {
            return "answers again, and " + result;
        }
    }

    /** It takes no writes, and is compared and attached when somebody's order or work is over. */
    record Waiting(String why) implements Seen {
        @Override
        public String sentence() {
            return "answers again, and waits to be compared: " + why;
        }
    }

    /** It takes writes, and was left so. */
    record Writable(String why) implements Seen {
        @Override
        public String sentence() {
            return "answers again and TAKES WRITES, and could not be made read-only (" + why + "); stop it";
        }

        @Override
        public boolean isClosed() {
            return false;
        }
    }
}
