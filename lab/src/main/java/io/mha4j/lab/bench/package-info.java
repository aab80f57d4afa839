/** How fast the manager does what its promises name, beside the programs that MHA uses for the same. */
@NullMarked
package io.mha4j.lab.bench;

import org.jspecify.annotations.NullMarked;
