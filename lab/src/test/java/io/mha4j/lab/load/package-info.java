/** Tests of the load's record. */
@NullMarked
package io.mha4j.lab.load;

import org.jspecify.annotations.NullMarked;
