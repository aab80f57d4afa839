package io.mha4j.base;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One configured database server. The natural order is the order in which MHA processes servers: numeric section order
 * when every section name holds a number, text order otherwise.
 *
 * @param order   rank among the configured servers, from 0; the tie-break of every election
 * @param section name of its section in the application file, for example {@code server1}
 * @param host    {@code hostname} as configured; used in messages, hook arguments and CHANGE MASTER
 * @param ip      address used to connect; the host name itself where it could not be resolved
 * @param port    MySQL port
 */
public record ServerId(int order, String section, String host, String ip, int port) implements Comparable<ServerId> {
    private static final String PART = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

    /** An address in numbers, of IPv4 or IPv6. */
    private static final Pattern LITERAL = Pattern.compile(PART + "([.]" + PART + "){3}|.*:.*");

    public ServerId {
        if (section.isBlank() || host.isBlank() || ip.isBlank()) {
            throw new IllegalArgumentException("a server needs a section, a host and an address");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " of " + host + " is not between 1 and 65535");
        }
    }

    /**
     * Whether both are the server of that name and port, though in another configuration: sections may have been added or
     * removed since, and the name may mean another address.
     */
    public boolean isCalledAs(ServerId other) {
        return host.equals(other.host) && port == other.port;
    }

    /** Whether the name could not be turned into an address. */
    public boolean isUnresolved() {
        return ip.equals(host);
    }

    /** Whether {@code address}, in any spelling, can be this server's; nothing tells where its name cannot be resolved. */
    public boolean canBeAt(String address) {
        if (ip.equals(address)) {
            return true;
        }
        if (LITERAL.matcher(ip).matches()) {
            return LITERAL.matcher(address).matches()
                    && parsed(ip)
                            .filter(own -> parsed(address).filter(own::equals).isPresent())
                            .isPresent();
        }
        return isUnresolved();
    }

    /** What is written in numbers is not looked up anywhere; empty if it is no address after all. */
    private static Optional<InetAddress> parsed(String literal) {
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(ServerId other) {
        int byOrder = Integer.compare(order, other.order);
        return byOrder != 0 ? byOrder : section.compareTo(other.section);
    }

    /** As every record's. Written out, because Java makes that of a record anew in each process, for milliseconds. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ServerId id
                && order == id.order
                && port == id.port
                && section.equals(id.section)
                && host.equals(id.host)
                && ip.equals(id.ip);
    }

    @Override
    public int hashCode() {
        return 31 * section.hashCode() + order;
    }

    /** Answers in MHA's form, {@code host(ip:port)}. */
    @Override
    public String toString() {
        return host + "(" + ip + ":" + port + ")";
    }
}
