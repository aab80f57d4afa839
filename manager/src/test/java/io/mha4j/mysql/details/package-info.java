/** Tests on real values and real files. */
@NullMarked
package io.mha4j.mysql.details;

import org.jspecify.annotations.NullMarked;
