package io.mha4j.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What counts after inheritance, still as text, each value with the place it came from.
 *
 * @param application values that exist once
 * @param servers     in MHA's order
 * @param binlogHosts in text order of their names
 */
public record EffectiveConfig(Values application, List<Values> servers, List<Values> binlogHosts) {
    public EffectiveConfig {
        servers = List.copyOf(servers);
        binlogHosts = List.copyOf(binlogHosts);
    }

    /** The same with every server and binary log host changed by {@code change}. */
    public EffectiveConfig map(UnaryOperator<Values> change) {
        return new EffectiveConfig(
                application,
                servers.stream().map(change).toList(),
                binlogHosts.stream().map(change).toList());
    }

    /** Notes servers that share an address and a port as problems; needs the addresses filled in. */
    public void findDuplicates(Findings findings) {
        Map<String, Values> seen = new LinkedHashMap<>();
        for (Values server : servers) {
            Optional<String> ip = server.find(Parameters.IP);
            if (ip.isEmpty()) {
                continue;
            }
            String address = ip.get() + ":" + server.get(Parameters.PORT);
            Values first = seen.putIfAbsent(address, server);
            if (first != null) {
                findings.problem(
                        server.at(),
                        "[%s] is the server of [%s] again, both are at %s; remove one or correct hostname, ip or port"
                                .formatted(server.section(), first.section(), address));
            }
        }
    }

    /** Notes a certificate without its key, a key without its certificate, and both where nothing is encrypted. */
    public void findHalfKeys(Findings findings) {
        for (Values server : servers) {
            Optional<Setting> cert = server.setting(Parameters.SSL_CERT);
            Optional<Setting> key = server.setting(Parameters.SSL_KEY);
            if (cert.isPresent() != key.isPresent()) {
                findings.problem(
                        cert.or(() -> key).orElseThrow().origin(),
                        cert.isPresent()
                                ? "ssl_cert has no ssl_key; a certificate counts only with its private key"
                                : "ssl_key has no ssl_cert; a private key counts only with its certificate");
            } else if (cert.isPresent() && server.get(Parameters.SSL) == ServerSettings.TlsMode.OFF) {
                findings.warning(cert.get().origin(), "ssl_cert has no effect with ssl=off");
            }
        }
    }

    /** Notes an address that both a script and the manager would move, or that not every server would get. */
    public void findTwoMovers(Findings findings) {
        Optional<Setting> vip = servers.stream()
                .flatMap(server -> server.setting(OwnParameters.VIP).stream())
                .findFirst();
        if (vip.isEmpty()) {
            return;
        }
        for (Values server : servers) {
            Optional<Vip> own = server.find(OwnParameters.VIP);
            if (own.isEmpty() || !own.get().toString().equals(vip.get().text().strip())) {
                findings.problem(
                        server.at(),
                        "[%s] has not the vip %s that another server has; say vip once, in [server default]"
                                .formatted(server.section(), vip.get().text()));
            }
            for (Parameter<String> script :
                    List.of(Parameters.MASTER_IP_FAILOVER_SCRIPT, Parameters.MASTER_IP_ONLINE_CHANGE_SCRIPT)) {
                if (server.find(script).filter(s -> !s.isBlank()).isPresent()) {
                    findings.problem(
                            vip.get().origin(),
                            "vip and " + script + " would both move the address; remove one of them");
                }
            }
        }
    }

    /** The same with the application's own values changed by {@code change}. */
    public EffectiveConfig mapApplication(UnaryOperator<Values> change) {
        return new EffectiveConfig(change.apply(application), servers, binlogHosts);
    }

    /** Of the servers' intervals between two health checks. */
    public Optional<Duration> longestPingInterval() {
        return servers.stream()
                .flatMap(server -> server.find(Parameters.PING_INTERVAL).stream())
                .max(Comparator.naturalOrder());
    }

    /** Notes mail and webhook settings that cannot work; needs the secrets filled in. */
    public void findDeadReports(Findings findings) {
        ReportParameters.check(application, findings);
    }

    /**
     * The typed settings.
     *
     * @param confFile   path of the application file as given
     * @param globalFile path of the global file as given; absent where there is none
     * @throws IllegalStateException if a value that every server has is missing, an address for example
     */
    public Application toApplication(String confFile, Optional<String> globalFile, List<String> warnings) {
        return new Application(
                Application.nameOf(confFile),
                confFile,
                globalFile,
                application.get(Parameters.MANAGER_WORKDIR),
                application.find(Parameters.MANAGER_LOG),
                application.get(Parameters.LOG_LEVEL),
                application.get(Parameters.ARCHIVE_RETENTION),
                application.get(OwnParameters.KEEP_RUNNING),
                application.get(OwnParameters.GUARD_TIME),
                application.get(OwnParameters.STRICT_VERDICT),
                ReportParameters.settings(application),
                typed(servers),
                typed(binlogHosts),
                warnings);
    }

    private static List<ServerSettings> typed(List<Values> sections) {
        List<ServerSettings> typed = new ArrayList<>();
        for (Values section : sections) {
            typed.add(new ServerSettingsReader(section).settings(typed.size()));
        }
        return typed;
    }
}
