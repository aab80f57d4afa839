/**
 * What a process says of itself beside the status file, for other processes.
 *
 * <p>Hides the file's form and whether it can be trusted. May use {@code base} and the rest of {@code report}.
 */
@NullMarked
package io.mha4j.report.word;

import org.jspecify.annotations.NullMarked;
