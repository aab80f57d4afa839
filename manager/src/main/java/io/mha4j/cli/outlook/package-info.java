/**
 * What would happen if the master died now, looked at on demand and again and again beside the watching; and who is told of that
 * and of what else is wrong while it lives.
 *
 * <p>Hides how the look is made, and the pace of alarms. May use all that commands may, and {@code cli.check}.
 */
@NullMarked
package io.mha4j.cli.outlook;

import org.jspecify.annotations.NullMarked;
