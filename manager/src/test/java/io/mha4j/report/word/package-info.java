/** Tests on real files. */
@NullMarked
package io.mha4j.report.word;

import org.jspecify.annotations.NullMarked;
