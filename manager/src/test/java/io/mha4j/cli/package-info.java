/** Tests of {@code cli}. */
@NullMarked
package io.mha4j.cli;

import org.jspecify.annotations.NullMarked;
