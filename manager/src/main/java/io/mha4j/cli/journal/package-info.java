/** Commands that read the journals of failovers; they change nothing. */
@NullMarked
package io.mha4j.cli.journal;

import org.jspecify.annotations.NullMarked;
