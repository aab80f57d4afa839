/**
 * The JSON form of our values: one for the journal, for incidents and for what commands print with {@code --json}.
 *
 * <p>Hides the JSON library, so that facts carry no annotations. Knows no file. May use {@code base} and {@code binlog},
 * whose values have text forms of their own.
 */
@NullMarked
package io.mha4j.report.json;

import org.jspecify.annotations.NullMarked;
