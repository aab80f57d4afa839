/** Tests of {@code cli}. */
@NullMarked
package io.mha4j.feed;

import org.jspecify.annotations.NullMarked;
