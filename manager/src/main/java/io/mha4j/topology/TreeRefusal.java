package io.mha4j.topology;

import io.mha4j.base.ServerId;
import java.util.List;
import java.util.stream.Collectors;

/** Why the servers form no tree that can be managed. A value, because "no" is a normal answer. */
public sealed interface TreeRefusal {
    /** What is wrong, with which server, and the way out, in the operator's words. */
    String sentence();

    /** Not one of the servers let us in. */
    record NobodyAnswers(List<ManagedTree.Missing> servers) implements TreeRefusal {
        public NobodyAnswers {
            servers = List.copyOf(servers);
        }

        @Override
        public String sentence() {
            return "none of the configured servers answers (%s); check that MySQL runs there and that the manager may log in"
                    .formatted(
                            servers.stream().map(s -> s.id() + ": " + s.why()).collect(Collectors.joining("; ")));
        }
    }

    /** A kind of replication that keeps its own membership. */
    record UnmanagedKind(ServerId server, String kind) implements TreeRefusal {
        @Override
        public String sentence() {
            return "%s runs %s, which chooses its own writers and is not managed here; remove its section from the configuration"
                    .formatted(server, kind);
        }
    }

    /** A replica of several sources at once. */
    record SeveralSources(ServerId server, List<String> sources) implements TreeRefusal {
        public SeveralSources {
            sources = List.copyOf(sources);
        }

        @Override
        public String sentence() {
            return "%s replicates from %d sources at once (%s), which is not managed here; reset all channels but one or remove its section"
                    .formatted(server, sources.size(), String.join(", ", sources));
        }
    }

    /** Two sections lead to one server. */
    record SameServerTwice(ServerId one, ServerId other, String uuid) implements TreeRefusal {
        @Override
        public String sentence() {
            return "%s and %s have the same server_uuid %s; if they are one server remove a section, if one was copied from the other delete its auto.cnf and restart it"
                    .formatted(one, other, uuid);
        }
    }

    /** Two sections lead to one server, which has no UUID. */
    record SameProcessTwice(ServerId one, ServerId other, long serverId, ServerFacts.Seat seat) implements TreeRefusal {
        @Override
        public String sentence() {
            return "%s and %s are one server: both call themselves %s:%d, with server_id %d, pid_file %s and the same datadir; remove a section, or give them names and server_ids of their own if they are two"
                    .formatted(one, other, seat.hostname(), seat.port(), serverId, seat.pidFile());
        }
    }

    /** A server replicates from itself. */
    record FollowsItself(ServerId server) implements TreeRefusal {
        @Override
        public String sentence() {
            return "%s replicates from itself; reset its replication or point it to the source".formatted(server);
        }
    }

    /** A replica follows a server that nobody told us about. */
    record SourceNotConfigured(ServerId replica, String host, int port) implements TreeRefusal {
        @Override
        public String sentence() {
            return "%s replicates from %s:%d, which is no configured server; add a section for it, or set hostname or ip of its section to that text"
                    .formatted(replica, host, port);
        }
    }

    /** Nobody replicates from anybody. */
    record NoReplica(List<ServerId> alive) implements TreeRefusal {
        public NoReplica {
            alive = List.copyOf(alive);
        }

        @Override
        public String sentence() {
            return "none of the living servers (%s) replicates from another, so nothing could take over; set up replication or add the missing servers' sections"
                    .formatted(names(alive));
        }
    }

    /** More than one living server replicates from nobody. */
    record SeveralNonReplicas(List<ServerId> servers) implements TreeRefusal {
        public SeveralNonReplicas {
            servers = List.copyOf(servers);
        }

        @Override
        public String sentence() {
            return "There are %d non-slave servers! MHA manages at most one non-slave server. Attach all but one of %s as replicas or remove their sections"
                    .formatted(servers.size(), names(servers));
        }
    }

    /** A living server besides the source that replicates from nobody. */
    record NotReplicating(ServerId server, ServerId source) implements TreeRefusal {
        @Override
        public String sentence() {
            return "%s is alive but replicates from nobody, while the source is %s; attach it to the source or remove its section"
                    .formatted(server, source);
        }
    }

    /** A replica of a replica. */
    record FollowsAnother(ServerId server, ServerId follows, ServerId source) implements TreeRefusal {
        @Override
        public String sentence() {
            return "%s replicates from %s, but the source is %s; set multi_tier_slave=1 to leave such replicas alone, or re-point it"
                    .formatted(server, follows, source);
        }
    }

    /**
     * Several servers are replicated from, and more than one of them takes writes as far as we know.
     *
     * @param servers those with {@code read_only=0}, and those that did not answer, which may be writable
     */
    record SeveralWritable(List<ServerId> servers) implements TreeRefusal {
        public SeveralWritable {
            servers = List.copyOf(servers);
        }

        @Override
        public String sentence() {
            return "%d servers with replicas are writable or do not answer (%s), only one may be; set read_only=1 on the others, or bring them back with it"
                    .formatted(servers.size(), names(servers));
        }
    }

    /** Several servers are replicated from, and none of them takes writes. */
    record NoneWritable(List<ServerId> servers) implements TreeRefusal {
        public NoneWritable {
            servers = List.copyOf(servers);
        }

        @Override
        public String sentence() {
            return "all sources (%s) have read_only=1, so none can be told to be the one in use; set read_only=0 on the one that takes the writes"
                    .formatted(names(servers));
        }
    }

    /** The source runs but does not let us in. */
    record SourceRefuses(ServerId source, String why) implements TreeRefusal {
        @Override
        public String sentence() {
            return "source %s is alive but refuses the login (%s); correct user and password, or free its connections or set admin_port"
                    .formatted(source, why);
        }
    }

    /** The source that was named dead is not the source of this tree. */
    record NotTheSource(ServerId named, ServerId actual) implements TreeRefusal {
        @Override
        public String sentence() {
            return "%s was given as the dead source, but the replicas' source is %s; name that one"
                    .formatted(named, actual);
        }
    }

    private static String names(List<ServerId> servers) {
        return servers.stream().map(ServerId::toString).collect(Collectors.joining(", "));
    }
}
