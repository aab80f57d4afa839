package io.mha4j.cli.watch;

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
                    + " there: masterha rejoin compares it, and saves that";
        }
    }

    /** It was closed for writers and compared; what came of it is told as a clause. */
    record Handled(String result) implements Seen {
        @Override
        public String sentence() {
            return "answers again, and " + result;
        }
    }

    /** It takes no writes, and is attached when somebody's order or work is over. */
    record Waiting(String why) implements Seen {
        @Override
        public String sentence() {
            return "answers again, and waits to be attached: " + why;
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
