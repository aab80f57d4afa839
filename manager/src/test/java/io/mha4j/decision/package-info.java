/** Tests of judgement: elections, plans and what a run cut anywhere leaves behind. */
@NullMarked
package io.mha4j.decision;

import org.jspecify.annotations.NullMarked;
