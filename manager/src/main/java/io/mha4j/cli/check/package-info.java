/**
 * The checks as commands run and show them: one run for the start of the manager, {@code masterha_check_repl} and
 * {@code masterha doctor}; the findings as log lines, as JSON and as a page.
 */
@NullMarked
package io.mha4j.cli.check;

import org.jspecify.annotations.NullMarked;
