/** The launchers of {@code bin/}, each test with real shells and JVMs of its own. */
@NullMarked
package io.mha4j.lab.launcher;

import org.jspecify.annotations.NullMarked;
