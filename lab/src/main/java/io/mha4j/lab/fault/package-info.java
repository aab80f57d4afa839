/** What befalls the source of a running tree, brought about for the demo and the benchmarks. */
@NullMarked
package io.mha4j.lab.fault;

import org.jspecify.annotations.NullMarked;
