/** What is said of a returned source. */
@NullMarked
package io.mha4j.execution.rejoin;

import org.jspecify.annotations.NullMarked;
