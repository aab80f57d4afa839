/**
 * Rescued events on this machine: how they lie on disk, and how they are read back one by one.
 *
 * <p>An {@link io.mha4j.archive.Archive} is a description and its pieces, each a binary log file of whole transactions
 * that any reader of binary logs understands. The description is written last, so that its presence means: complete and
 * verified. Hides the form of the description and the layout of the pieces. May use {@code binlog}, {@code config} and
 * {@code remote}.
 */
@NullMarked
package io.mha4j.archive;

import org.jspecify.annotations.NullMarked;
