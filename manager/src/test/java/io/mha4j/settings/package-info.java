/** Tests of {@code settings}. */
@NullMarked
package io.mha4j.settings;

import org.jspecify.annotations.NullMarked;
