/** Tests on real values and real files. */
@NullMarked
package io.mha4j.report.trouble;

import org.jspecify.annotations.NullMarked;
