package io.mha4j.scenario;

import io.mha4j.base.ServerId;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.ServerVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One server of the section {@code servers}: {@code name role words…}, with the channels that the lines beginning with
 * {@code +} below it add.
 */
record ServerLine(ServerId id, Role role, Words words, List<Words> moreChannels) {
    /** What the line says first about the server; only chooses defaults. */
    enum Role {
        /** Takes the writes. */
        SOURCE,
        /** Replicates, from the first source unless told otherwise. */
        REPLICA,
        /** Replicates from nobody and has no replicas. */
        ALONE
    }

    static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split("\\s+"));
    }

    static List<ServerLine> parse(String where, List<String> lines, Words defaults) {
        List<ServerLine> servers = new ArrayList<>();
        for (String line : lines) {
            List<String> words = words(line);
            if (words.get(0).equals("+")) {
                servers.get(servers.size() - 1)
                        .moreChannels()
                        .add(Words.of(where, words.subList(1, words.size()), defaults));
            } else if (words.size() < 2) {
                throw new IllegalArgumentException("a server needs a name and a role: " + line);
            } else {
                servers.add(one(servers.size(), words, Words.of(where, words.subList(2, words.size()), defaults)));
            }
        }
        return servers;
    }

    private static ServerLine one(int order, List<String> first, Words words) {
        Role role = Role.valueOf(first.get(1).toUpperCase(Locale.ROOT));
        String name = first.get(0);
        ServerId id =
                new ServerId(order, name, words.text("host", name), words.text("ip", "10.0.0." + (order + 1)), (int)
                        words.number("port", 3306));
        return new ServerLine(id, role, words, new ArrayList<>());
    }

    boolean replicates() {
        return role == Role.REPLICA || words.text("of").isPresent();
    }

    ServerVersion version() {
        return ServerVersion.parse(words.text("version", "8.0.15"));
    }

    long serverId() {
        return words.number("server_id", id.order() + 1);
    }

    /** Absent where the version has none; otherwise made from {@code server_id}. */
    Optional<String> uuid() {
        Optional<String> said = words.text("uuid");
        if (!version().isMysqlFrom(5, 6, 0)) {
            return said;
        }
        return said.or(() -> Optional.of(String.format("%08x-0000-0000-0000-000000000000", id.order() + 1)));
    }

    boolean gtids() {
        return words.flag("gtid", version().isMariadb());
    }

    ServerState state(ServerFacts facts) {
        Optional<String> unreachable = words.text("unreachable");
        Optional<String> refusing = words.text("refusing");
        if (refusing.isPresent()) {
            return new ServerState.Refusing(Integer.parseInt(refusing.get()), "login refused");
        }
        return unreachable
                .<ServerState>map(kind -> unreachable(kind.isEmpty() ? "refused" : kind))
                .orElseGet(() -> new ServerState.Alive(facts));
    }

    private static ServerState unreachable(String kind) {
        ServerState.Kind how = ServerState.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
        String why =
                switch (how) {
                    case REFUSED -> "connection refused";
                    case TIMED_OUT -> "no answer within 4 s";
                    case UNKNOWN_HOST -> "unknown host";
                    case BROKEN -> "connection broken";
                };
        return new ServerState.Unreachable(how, why, Duration.ofSeconds(how == ServerState.Kind.TIMED_OUT ? 4 : 0));
    }
}
