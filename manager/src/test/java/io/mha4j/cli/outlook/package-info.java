/** Tests on real values and real files. */
@NullMarked
package io.mha4j.cli.outlook;

import org.jspecify.annotations.NullMarked;
