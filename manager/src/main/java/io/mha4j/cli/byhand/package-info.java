/** A failover that a person orders: what is asked, and what is told of it before anything is changed. */
@NullMarked
package io.mha4j.cli.byhand;

import org.jspecify.annotations.NullMarked;
