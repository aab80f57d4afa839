/** Tests on a clock that is moved by hand. */
@NullMarked
package io.mha4j.mysql.receiver;

import org.jspecify.annotations.NullMarked;
