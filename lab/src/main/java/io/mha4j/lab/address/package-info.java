/**
 * An address that stays the same for clients while the server behind it changes; here without touching any network: a
 * forwarder whose target is read from a route file.
 *
 * <p>The route file is the only way in, so that a hook script of the manager moves the address exactly as an operator's
 * script moves a virtual address: it writes the file and waits for the acknowledgement beside it. Hides sockets and
 * threads. Used by the cases and by the demo; uses nothing of the manager.
 */
@NullMarked
package io.mha4j.lab.address;

import org.jspecify.annotations.NullMarked;
