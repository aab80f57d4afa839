/**
 * The demo: a tree under load, the manager watching it, the source killed, and then what happened in words and figures
 * that a person understands.
 *
 * <p>{@link io.mha4j.lab.demo.Summary} judges and is free of servers; everything around it starts, watches and ends real
 * ones. What the manager says is shown, what is true is measured.
 */
@NullMarked
package io.mha4j.lab.demo;

import org.jspecify.annotations.NullMarked;
