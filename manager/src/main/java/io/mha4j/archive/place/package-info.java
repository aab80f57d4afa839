/**
 * Log files where their servers wrote them: which there are, in what order, where to begin in them, whether anybody still
 * writes them; reading them over connections that break.
 *
 * <p>Hides names of files and directories, and repeated tries. May use {@code binlog} and {@code remote}.
 */
@NullMarked
package io.mha4j.archive.place;

import org.jspecify.annotations.NullMarked;
