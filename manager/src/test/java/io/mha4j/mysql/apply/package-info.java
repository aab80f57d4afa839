/** Tests of {@code config}. */
@NullMarked
package io.mha4j.mysql.apply;

import org.jspecify.annotations.NullMarked;
