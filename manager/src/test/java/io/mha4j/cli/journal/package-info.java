/** Tests on real values. */
@NullMarked
package io.mha4j.cli.journal;

import org.jspecify.annotations.NullMarked;
