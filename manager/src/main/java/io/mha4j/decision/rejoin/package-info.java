/**
 * A former source that is alive again: whom it is to follow, from where, and what has to be compared before that. Pure, as all of
 * {@code decision}.
 */
@NullMarked
package io.mha4j.decision.rejoin;

import org.jspecify.annotations.NullMarked;
