/**
 * Tests of {@code hooks}: argument lists against MHA's tables, and a real script in a real shell.
 *
 * <p>The expected lists are written out in full, as an operator's script receives them: who changes one of them changes
 * what installed scripts get.
 */
@NullMarked
package io.mha4j.hooks;

import org.jspecify.annotations.NullMarked;
