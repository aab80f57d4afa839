/**
 * Hosts that share nothing but files: each has namespaces of its own for network, processes, mounts and name, with
 * OpenSSH, and an interface on one wire. For what a loopback address cannot show: addresses that move, hosts without
 * power, processes that are another host's.
 *
 * <p>Needs root and works only inside a network namespace of the lab's own. May use {@code lab.base}, {@code lab.fetch}, {@code lab.address},
 * {@code lab.server} and {@code lab.host}.
 */
@NullMarked
package io.mha4j.lab.wire;

import org.jspecify.annotations.NullMarked;
