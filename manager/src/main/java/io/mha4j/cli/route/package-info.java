/** The command that asks from elsewhere whether a source is gone. */
@NullMarked
package io.mha4j.cli.route;

import org.jspecify.annotations.NullMarked;
