/**
 * Replication trees of lab hosts: started, connected in the words of their version, described to a manager.
 *
 * <p>May use {@code lab.base}, {@code lab.server}, {@code lab.host} and {@code lab.wire}.
 */
@NullMarked
package io.mha4j.lab.tree;

import org.jspecify.annotations.NullMarked;
