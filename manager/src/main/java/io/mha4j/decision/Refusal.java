package io.mha4j.decision;

import io.mha4j.base.ServerId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Why we deliberately did nothing. A value, because "no" is a normal answer of a failover manager. */
public sealed interface Refusal {
    /** One sentence: what, the value, the way out. */
    String sentence();

    /** The source to be replaced answers. */
    record SourceAlive(ServerId source) implements Refusal {
        @Override
        public String sentence() {
            return "source " + source + " is alive; a failover needs a dead one, use the online switch instead";
        }
    }

    /** Another server is down or broken, and the operator did not say that this may be ignored. */
    record ServersUnfit(List<ServerId> servers) implements Refusal {
        public ServersUnfit {
            servers = List.copyOf(servers);
        }

        @Override
        public String sentence() {
            return servers.stream().map(ServerId::toString).collect(Collectors.joining(", "))
                    + " cannot take part in the failover and ignore_fail=1 is not set; repair, remove from the"
                    + " configuration, or set ignore_fail=1 there";
        }
    }

    /** No replica may become the source. */
    record NobodyElectable(Ballot ballot) implements Refusal {
        @Override
        public String sentence() {
            return "none of the replicas can be the new source: " + ballot.explanation();
        }
    }

    /** The operator named a new source that cannot be it. */
    record ForcedUnfit(String wanted, String why) implements Refusal {
        @Override
        public String sentence() {
            return "new source " + wanted + " was asked for, but " + why + "; name another or none";
        }
    }

    /** The operator wants proof that the old source is stopped, and there is no way to get it. */
    record FenceImpossible(ServerId source, String why) implements Refusal {
        @Override
        public String sentence() {
            return "require_fence=1, but " + source + " cannot be stopped: " + why
                    + ", and no shutdown_script is set; stop" + " its host, then set require_fence=0 for this failover";
        }
    }

    /** The operator wants nobody promoted without the old source's binary log, and it cannot be reached. */
    record TailUnreachable(ServerId source) implements Refusal {
        @Override
        public String sentence() {
            return "on_unreadable_tail=stop, but the binary log of " + source
                    + " cannot be read: SSH to its host does not"
                    + " answer, and no [binlogN] host has a copy; let SSH reach it, or set on_unreadable_tail=continue for"
                    + " this failover, which gives up what only it has";
        }
    }

    /** The last failover left an error flag. */
    record EarlierFailure(String flagFile) implements Refusal {
        @Override
        public String sentence() {
            return flagFile + " exists: the last failover failed; check the servers, then remove the file or pass"
                    + " --ignore_last_failover";
        }
    }

    /** The last failover is too recent. */
    record TooSoon(Duration sinceLast, Duration minimum) implements Refusal {
        @Override
        public String sentence() {
            return "the last failover was %d min ago, less than %d min; pass --ignore_last_failover to go on"
                    .formatted(sinceLast.toMinutes(), minimum.toMinutes());
        }
    }
}
