/** Tests of where packages come from, on texts of apt sources. */
@NullMarked
package io.mha4j.lab.fetch;

import org.jspecify.annotations.NullMarked;
