/**
 * The operator's files on disk: reads them, runs {@code init_conf_load_script}, looks up names and secrets, and answers
 * the typed configuration.
 *
 * <p>What the text means is decided in {@code config}; here is everything about it that needs a file, a program or the
 * network. Hides character sets, time limits and where a secret is kept. May use {@code config} and {@code remote}.
 */
@NullMarked
package io.mha4j.settings;

import org.jspecify.annotations.NullMarked;
