/** What a command leaves behind about a failover that has ended, for programs. */
@NullMarked
package io.mha4j.cli.incident;

import org.jspecify.annotations.NullMarked;
