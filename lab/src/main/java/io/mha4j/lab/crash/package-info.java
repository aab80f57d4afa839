/** Failovers whose manager is killed at every line of its journal, and the starts that finish them. */
@NullMarked
package io.mha4j.lab.crash;

import org.jspecify.annotations.NullMarked;
