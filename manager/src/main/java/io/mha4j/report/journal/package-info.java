/**
 * What a run did and was about to do, on disk before the world changes, so that it can be resumed after a crash.
 *
 * <p>Hides file names, lines, flushing and torn ends. Knows no kind of step: callers hand over values with a JSON form.
 * May use {@code report} and {@code report.json}.
 */
@NullMarked
package io.mha4j.report.journal;

import org.jspecify.annotations.NullMarked;
