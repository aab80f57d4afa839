/**
 * Real database servers of seven kinds: their software from the registries, one initialised data directory of each in a
 * cache, and processes started on copies of it.
 *
 * <p>Hides where the files come from and which options a version needs. Servers are child processes, known by pid, and
 * end with this process. May use {@code lab.base} and {@code lab.fetch}.
 */
@NullMarked
package io.mha4j.lab.server;

import org.jspecify.annotations.NullMarked;
