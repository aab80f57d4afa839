/**
 * Hosts behind SSH: programs, files and port forwards over one kept-open connection each.
 *
 * <p>{@link io.mha4j.remote.ssh.SshSessions} hands them out as {@link io.mha4j.remote.Host}. Hides sessions, shells, keys,
 * agents, known hosts, {@code ssh_options} and ssh_config. May use {@code config}.
 */
@NullMarked
package io.mha4j.remote.ssh;

import org.jspecify.annotations.NullMarked;
