/** Tests of the record: real files in temporary directories, time from a clock that the test moves. */
@NullMarked
package io.mha4j.report;

import org.jspecify.annotations.NullMarked;
