/** Tests of {@code remote}: real programs and files of this machine. */
@NullMarked
package io.mha4j.remote;

import org.jspecify.annotations.NullMarked;
