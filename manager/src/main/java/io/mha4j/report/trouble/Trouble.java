package io.mha4j.report.trouble;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that is wrong at present, and is neither a death nor forbids to watch.
 *
 * @param state  its name, as commands show it
 * @param server host, address and port of the server that it is about
 * @param why    one clause
 * @param since  when it began
 */
public record Trouble(State state, String server, String why, Instant since) {
    /** The kinds of trouble. */
    public enum State {
        /** The source failed four checks in a row, but somebody still reaches it. */
        VETOED("a failover is vetoed", "a failover is no longer vetoed", Optional.of(Duration.ZERO)),
        /** It failed them, and acting is paused: who paused knows of that, and not of the death. */
        PAUSED("a failover waits for the end of a pause", "no failover waits", Optional.of(Duration.ZERO)),
        /** The source runs but does not let the manager in; a short crowd at its door is nobody's trouble. */
        REFUSED(
                "the master refuses the manager",
                "the master lets the manager in again",
                Optional.of(Duration.ofSeconds(30))),
        /** The source lives, but takes no writes; a write that waits once is a hiccup. */
        UNUSABLE("the master cannot be used", "the master can be used again", Optional.of(Duration.ofSeconds(10))),
        /** A host that a failover would need cannot be reached over SSH; known only after some time. */
        SSH_LOST("a host is lost over SSH", "all hosts are reached over SSH again", Optional.of(Duration.ZERO)),
        /** A failover would have to do with the configuration that was read before; known only after some time. */
        CONFIG_UNUSABLE(
                "the configuration cannot be used", "the configuration can be used again", Optional.of(Duration.ZERO)),
        /** An old master has transactions of its own; people were called when that was found. */
        DIVERGED("an old master has diverged", "no old master has diverged", Optional.empty());

        private final String event;
        private final String end;
        private final Optional<Duration> alarmAfter;

        State(String event, String end, Optional<Duration> alarmAfter) {
            this.event = event;
            this.end = end;
            this.alarmAfter = alarmAfter;
        }

        /** For the subject of an alarm. */
        public String event() {
            return event;
        }

        /** The same when it is over. */
        public String end() {
            return end;
        }

        /** How long it must last before people are told; absent: they are not. */
        public Optional<Duration> alarmAfter() {
            return alarmAfter;
        }
    }

    /** For people. */
    public String line() {
        return state + " since " + since + ": " + server + ": " + why;
    }

    boolean is(State kind, String about) {
        return state == kind && server.equals(about);
    }
}
