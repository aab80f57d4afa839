/** Tests of {@code config}. */
@NullMarked
package io.mha4j.config;

import org.jspecify.annotations.NullMarked;
