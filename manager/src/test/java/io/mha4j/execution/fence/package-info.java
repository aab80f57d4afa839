/** Fencing against real processes of this machine, each started by its test; systemd by what it printed elsewhere. */
@NullMarked
package io.mha4j.execution.fence;

import org.jspecify.annotations.NullMarked;
