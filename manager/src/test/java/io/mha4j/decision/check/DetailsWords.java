package io.mha4j.decision.check;

import io.mha4j.base.ServerId;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.ServerFacts;
import io.mha4j.topology.ServerState;
import io.mha4j.topology.details.AddressPlace;
import io.mha4j.topology.details.Grants;
import io.mha4j.topology.details.HostDetails;
import io.mha4j.topology.details.HostDetails.Disk;
import io.mha4j.topology.details.ManagerDetails;
import io.mha4j.topology.details.ManagerDetails.Hook;
import io.mha4j.topology.details.ReplAccount;
import io.mha4j.topology.details.SqlDetails;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sections {@code sql}, {@code hosts} and {@code manager} of a check's scenario: a server's name, then {@code key=value}
 * with {@code _} for blanks. What is not said is as in a well-kept tree.
 */
final class DetailsWords {
    private final Map<String, String> words;

    private DetailsWords(Map<String, String> words) {
        this.words = words;
    }

    private static DetailsWords of(Scenario scenario, String section, String name) {
        Map<String, String> words = new HashMap<>();
        scenario.value(section, name).stream()
                .flatMap(line -> Arrays.stream(line.split("\\s+", -1)))
                .filter(word -> !word.isEmpty())
                .forEach(word -> {
                    int equals = word.indexOf('=');
                    words.put(
                            equals < 0 ? word : word.substring(0, equals),
                            equals < 0 ? "1" : word.substring(equals + 1));
                });
        return new DetailsWords(words);
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(words.get(key)).map(word -> word.replace('_', ' '));
    }

    static SortedMap<ServerId, SqlDetails> servers(Scenario scenario) {
        SortedMap<ServerId, SqlDetails> servers = new TreeMap<>();
        scenario.snapshot().servers().forEach((id, state) -> {
            if (state instanceof ServerState.Alive alive) {
                servers.put(id, of(scenario, "sql", id.section()).sql(alive.facts()));
            }
        });
        return servers;
    }

    private SqlDetails sql(ServerFacts facts) {
        Map<String, String> variables = new HashMap<>();
        for (String name : List.of("sync_binlog", "innodb_flush_log_at_trx_commit", "max_allowed_packet")) {
            variables.put(name, text(name).orElse(name.equals("max_allowed_packet") ? "4194304" : "1"));
        }
        return new SqlDetails(
                Grants.of(List.of("GRANT " + grants() + " ON *.* TO 'root'@'%'")),
                variables,
                facts.executed(),
                Duration.ofSeconds(Long.parseLong(text("ahead").orElse("0"))),
                text("super_users").map(u -> List.of(u.split(",", -1))).orElse(List.of()),
                Long.parseLong(text("events").orElse("0")),
                new ReplAccount(
                        "repl",
                        ReplAccount.Outcome.valueOf(text("repl").orElse("FIT").replace(' ', '_')),
                        text("repl_why").orElse(""),
                        text("plugin").map(p -> p.replace(' ', '_')).orElse("")),
                registered(),
                text("keyless").isPresent());
    }

    /** For example {@code registered=104,105@10.0.0.5:3306}. */
    private List<SqlDetails.Registered> registered() {
        return text("registered")
                .map(list -> Arrays.stream(list.split(",", -1))
                        .map(DetailsWords::replica)
                        .toList())
                .orElse(List.of());
    }

    private static SqlDetails.Registered replica(String word) {
        String[] parts = word.split("@", 2);
        return new SqlDetails.Registered(Long.parseLong(parts[0]), parts.length > 1 ? parts[1] : "");
    }

    /** With {@code +} for blanks, because names of privileges have both. */
    private String grants() {
        return Optional.ofNullable(words.get("grants")).orElse("ALL PRIVILEGES").replace('+', ' ');
    }

    static SortedMap<ServerId, HostDetails> hosts(Scenario scenario) {
        SortedMap<ServerId, HostDetails> hosts = new TreeMap<>();
        scenario.truth()
                .keySet()
                .forEach(id -> hosts.put(id, of(scenario, "hosts", id.section()).host()));
        return hosts;
    }

    private HostDetails host() {
        OptionalLong free = text("free_mib")
                .map(mib -> OptionalLong.of(Long.parseLong(mib) << 20))
                .orElse(OptionalLong.empty());
        return text("not_asked").isPresent()
                ? HostDetails.NOT_ASKED
                : new HostDetails(
                        true,
                        text("ssh"),
                        text("binlog"),
                        text("encrypted").isPresent(),
                        text("relay"),
                        List.of(new Disk("/data", free)),
                        text("restarter"),
                        text("feed"),
                        text("vip")
                                .map(held -> new AddressPlace(
                                        text("vip_unable"), text("vip_nowhere"), held.equals("held"))));
    }

    static ManagerDetails manager(Scenario scenario) {
        DetailsWords words = of(scenario, "manager", "here");
        return new ManagerDetails(
                words.text("workdir"),
                new Disk("/var/tmp", OptionalLong.of(1L << 40)),
                words.text("error_flag"),
                words.text("last_failover").map(m -> Duration.ofMinutes(Long.parseLong(m))),
                words.text("paused"),
                List.of(
                        words.hook("master_ip_failover_script"),
                        words.hook("shutdown_script"),
                        words.hook("secondary_check_script"),
                        words.hook("report_script"),
                        words.hook("alarm_script")));
    }

    /** {@code none}: not defined; anything else: what is wrong with it. */
    private Hook hook(String parameter) {
        Optional<String> said = text(parameter);
        boolean defined = !said.equals(Optional.of("none"));
        return new Hook(parameter, defined, said.filter(s -> defined));
    }
}
