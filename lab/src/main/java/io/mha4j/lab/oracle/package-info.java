/**
 * Binary logs and relay logs that real servers wrote, and what other programs read in them, against the manager's own
 * reading.
 */
@NullMarked
package io.mha4j.lab.oracle;

import org.jspecify.annotations.NullMarked;
