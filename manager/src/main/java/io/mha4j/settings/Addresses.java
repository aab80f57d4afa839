package io.mha4j.settings;

import io.mha4j.base.Deadline;
import io.mha4j.config.EffectiveConfig;
import io.mha4j.config.Findings;
import io.mha4j.config.Origin;
import io.mha4j.config.Parameter;
import io.mha4j.config.Parameters;
import io.mha4j.config.Setting;
import io.mha4j.config.Values;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fills in the addresses that the operator left to be looked up. A name that cannot be resolved is a warning: the other
 * servers can be watched and failed over without it, and connecting by name tells more than refusing to start.
 */
final class Addresses {
    private final NameResolver names;
    private final Findings findings;

    Addresses(NameResolver names, Findings findings) {
        this.names = names;
        this.findings = findings;
    }

    EffectiveConfig fillIn(EffectiveConfig config, Deadline deadline) {
        Set<String> hosts = new LinkedHashSet<>();
        Stream.concat(config.servers().stream(), config.binlogHosts().stream())
                .forEach(section -> hosts.addAll(toLookUp(section)));
        Map<String, String> found = hosts.isEmpty() ? Map.of() : names.addressesOf(hosts, deadline);
        return config.map(section -> fillIn(section, found));
    }

    private static Set<String> toLookUp(Values section) {
        Set<String> hosts = new LinkedHashSet<>();
        Optional<String> hostname = section.find(Parameters.HOSTNAME);
        Optional<String> sshHost = section.find(Parameters.SSH_HOST);
        if (section.find(Parameters.IP).isEmpty()) {
            hostname.ifPresent(hosts::add);
        }
        if (section.find(Parameters.SSH_IP).isEmpty() && !sshHost.equals(hostname)) {
            sshHost.ifPresent(hosts::add);
        }
        return hosts;
    }

    private Values fillIn(Values section, Map<String, String> found) {
        Optional<String> hostname = section.find(Parameters.HOSTNAME);
        if (hostname.isEmpty()) {
            return section;
        }
        String host = hostname.get();
        Values withIp = section.find(Parameters.IP).isPresent()
                ? section
                : section.with(Parameters.IP, looked(section, host, found));
        Values withHost = orElse(withIp, Parameters.SSH_HOST, new Setting(host, true, new Origin.Derived("hostname")));
        if (withHost.find(Parameters.SSH_IP).isPresent()) {
            return withHost;
        }
        String sshHost = withHost.get(Parameters.SSH_HOST);
        return withHost.with(
                Parameters.SSH_IP,
                sshHost.equals(host)
                        ? new Setting(withHost.get(Parameters.IP), true, new Origin.Derived("ip"))
                        : looked(section, sshHost, found));
    }

    private static Values orElse(Values section, Parameter<String> parameter, Setting setting) {
        return section.find(parameter).isPresent() ? section : section.with(parameter, setting);
    }

    private Setting looked(Values section, String host, Map<String, String> found) {
        String address = found.get(host);
        if (address == null) {
            findings.warning(
                    section.at(),
                    "[%s] %s cannot be resolved; the name itself is used to connect"
                            .formatted(section.section(), host));
            return new Setting(host, true, new Origin.Derived(host + ", which cannot be resolved"));
        }
        return new Setting(address, true, new Origin.Derived(host + " resolved"));
    }
}
