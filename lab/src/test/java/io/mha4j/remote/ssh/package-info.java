/**
 * Tests of {@code remote.ssh}: real shells, real files and a real SSH server on the loopback interface.
 *
 * <p>The server is Apache MINA SSHD inside the test's own process; it speaks the protocol and runs {@code /bin/sh}. Broken
 * networks are made by a forwarder between client and server that can stall or cut what it carries.
 */
@NullMarked
package io.mha4j.remote.ssh;

import org.jspecify.annotations.NullMarked;
