/**
 * Hosts of the lab: a server together with an SSH endpoint at the same loopback address, and what can go wrong with a
 * host and its network.
 *
 * <p>The endpoint runs in this process and executes commands on this machine; hosts share its files and processes.
 * Packet loss needs a network namespace of the lab's own. May use {@code lab.base} and {@code lab.server}.
 */
@NullMarked
package io.mha4j.lab.host;

import org.jspecify.annotations.NullMarked;
