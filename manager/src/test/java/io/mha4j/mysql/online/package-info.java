/** Tests of {@code mysql.online}. */
@NullMarked
package io.mha4j.mysql.online;

import org.jspecify.annotations.NullMarked;
