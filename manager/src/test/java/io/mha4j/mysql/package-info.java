/** Tests of {@code mysql}. */
@NullMarked
package io.mha4j.mysql;

import org.jspecify.annotations.NullMarked;
