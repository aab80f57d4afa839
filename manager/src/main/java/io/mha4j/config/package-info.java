/**
 * The operator's configuration: text of the files to typed values and back, every parameter declared once.
 *
 * <p>Pure: the text comes in as a string; reading files, running scripts and resolving names happen in {@code settings}.
 * MHA's words (master, slave, candidate_master) end here. May use {@code base} only.
 */
@NullMarked
package io.mha4j.config;

import org.jspecify.annotations.NullMarked;
