/** Commands that forbid a manager to act, and allow it again. */
@NullMarked
package io.mha4j.cli.pause;

import org.jspecify.annotations.NullMarked;
