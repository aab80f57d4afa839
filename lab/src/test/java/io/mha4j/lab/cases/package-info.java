/** Tests of what the runner does before it starts a server. */
@NullMarked
package io.mha4j.lab.cases;

import org.jspecify.annotations.NullMarked;
