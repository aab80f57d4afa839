/** Tests of what the checks make of facts. */
@NullMarked
package io.mha4j.decision.check;

import org.jspecify.annotations.NullMarked;
