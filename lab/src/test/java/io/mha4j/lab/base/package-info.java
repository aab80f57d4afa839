/** Tests of waiting and running programs. */
@NullMarked
package io.mha4j.lab.base;

import org.jspecify.annotations.NullMarked;
