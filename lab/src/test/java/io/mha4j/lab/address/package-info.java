/** Tests of the moving address, with real sockets and the real hook script. */
@NullMarked
package io.mha4j.lab.address;

import org.jspecify.annotations.NullMarked;
