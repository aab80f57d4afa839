/** Tests of specifications and application files; no server is started. */
@NullMarked
package io.mha4j.lab.tree;

import org.jspecify.annotations.NullMarked;
