/**
 * What cases and the demo put around a tree: the layout of the source tree, programs under test, application files, the
 * load through the moving address.
 *
 * <p>Nothing here decides whether anything is right; it starts, records and ends. May use {@code lab.base},
 * {@code lab.address}, {@code lab.load}, {@code lab.server} and {@code lab.tree}.
 */
@NullMarked
package io.mha4j.lab.stage;

import org.jspecify.annotations.NullMarked;
