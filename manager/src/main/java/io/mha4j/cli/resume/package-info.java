/** A failover that was cut off, as the next command of its application finds it. */
@NullMarked
package io.mha4j.cli.resume;

import org.jspecify.annotations.NullMarked;
