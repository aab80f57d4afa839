/** Tests of the demo's judgement. */
@NullMarked
package io.mha4j.lab.demo;

import org.jspecify.annotations.NullMarked;
