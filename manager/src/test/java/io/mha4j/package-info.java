/**
 * Tests of the house rather than of a room: which package may use which, what the pure packages may touch, how large
 * a method, a file and a package may be.
 *
 * <p>They read the compiled classes and the sources of this module, so they fail in the build that breaks a rule. The
 * tables in {@link io.mha4j.PackageRulesTest} are the rules; to change one, change its table and say why in the commit.
 */
@NullMarked
package io.mha4j;

import org.jspecify.annotations.NullMarked;
