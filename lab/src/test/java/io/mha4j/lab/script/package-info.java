/** Tests of the case language. */
@NullMarked
package io.mha4j.lab.script;

import org.jspecify.annotations.NullMarked;
