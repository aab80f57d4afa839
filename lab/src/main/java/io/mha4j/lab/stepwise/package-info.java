/**
 * Online switches that are stopped behind each of their steps, struck by a fault there and let go on.
 *
 * <p>The command runs on a host of its own, so that it can be cut off from one server while clients and observers are not.
 */
@NullMarked
package io.mha4j.lab.stepwise;

import org.jspecify.annotations.NullMarked;
