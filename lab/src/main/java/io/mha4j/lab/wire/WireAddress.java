package io.mha4j.lab.wire;

import io.mha4j.lab.address.ClientAddress;
import io.mha4j.lab.address.Route;
import io.mha4j.lab.base.LabException;
import java.util.List;
import java.util.Optional;

/** A virtual address on the wire: behind it is the host whose interface has it. */
public final class WireAddress implements ClientAddress {
    private static final String CIDR = Wire.CLIENTS + "/" + Wire.PREFIX;

    private final List<Namespace> hosts;
    private final int port;

    /** Among {@code hosts}, whose servers listen on {@code port}. */
    public WireAddress(List<Namespace> hosts, int port) {
        this.hosts = List.copyOf(hosts);
        this.port = port;
    }

    @Override
    public String host() {
        return Wire.CLIENTS;
    }

    @Override
    public int port() {
        return port;
    }

    /** Empty also when several hosts have it. */
    @Override
    public Optional<Route.Target> target() {
        List<Namespace> owners = hosts.stream().filter(WireAddress::has).toList();
        return owners.size() == 1 ? Optional.of(new Route.Target(owners.get(0).address(), port)) : Optional.empty();
    }

    private static boolean has(Namespace host) {
        return host.isOn()
                && !host.run("ip", "-o", "address", "show", "to", Wire.CLIENTS).isEmpty();
    }

    @Override
    public void pointTo(String address, int ignored) {
        hosts.stream().filter(WireAddress::has).forEach(host -> host.run("ip", "address", "del", CIDR, "dev", "eth0"));
        hosts.stream()
                .filter(host -> host.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new LabException("no host of the wire has the address " + address))
                .run("ip", "address", "add", CIDR, "dev", "eth0");
    }

    @Override
    public void close() {
        // It ends with the hosts.
    }
}
