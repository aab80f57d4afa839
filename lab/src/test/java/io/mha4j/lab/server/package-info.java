/** Tests of configuration texts and names; no server is started. */
@NullMarked
package io.mha4j.lab.server;

import org.jspecify.annotations.NullMarked;
