/**
 * {@code masterha_master_switch --master_state=alive}: looks, asks, switches, and tells how it went.
 *
 * <p>{@link io.mha4j.cli.online.AliveSwitch} is the command. May use everything.
 */
@NullMarked
package io.mha4j.cli.online;

import org.jspecify.annotations.NullMarked;
