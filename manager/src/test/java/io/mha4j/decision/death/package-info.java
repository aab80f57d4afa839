/** Tests of the rule of certain death. */
@NullMarked
package io.mha4j.decision.death;

import org.jspecify.annotations.NullMarked;
