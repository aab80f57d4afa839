/**
 * Whether SSH works: from this host to every host, which a failover needs, and from host to host, as MHA tests it.
 *
 * <p>{@link io.mha4j.monitor.ssh.SshCheck} answers values; who prints or grades them is elsewhere. Hides threads and limits.
 */
@NullMarked
package io.mha4j.monitor.ssh;

import org.jspecify.annotations.NullMarked;
