/**
 * Stopping the old source for good over SSH: finding exactly its process, by port and data directory, stopping what would start
 * it again, killing it, and seeing that it stays away. What cannot be told is said so; nothing is killed on a guess. Hides
 * {@code /proc} and {@code systemctl}; uses hosts through {@code remote}.
 */
@NullMarked
package io.mha4j.execution.fence;

import org.jspecify.annotations.NullMarked;
