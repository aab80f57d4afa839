/** Tests of an SSH endpoint with a client that shares no code with it, and silent ports. */
@NullMarked
package io.mha4j.lab.host;

import org.jspecify.annotations.NullMarked;
