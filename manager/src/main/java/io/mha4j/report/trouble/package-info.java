/**
 * What is wrong at present with what a manager watches, kept beside the status file for other processes.
 *
 * <p>Hides how it is written down. May use {@code base} and the rest of {@code report}.
 */
@NullMarked
package io.mha4j.report.trouble;

import org.jspecify.annotations.NullMarked;
