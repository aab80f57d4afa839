/** Tests of the checker's rules. */
@NullMarked
package io.mha4j.lab.check;

import org.jspecify.annotations.NullMarked;
