/**
 * What would happen if the master died now: looked at on demand, and again and again beside the watching.
 *
 * <p>Hides how the look is made. May use all that commands may, and {@code cli.check}.
 */
@NullMarked
package io.mha4j.cli.outlook;

import org.jspecify.annotations.NullMarked;
