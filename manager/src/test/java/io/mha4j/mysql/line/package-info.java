/** Tests of listening to a connection, on real sockets. */
@NullMarked
package io.mha4j.mysql.line;

import org.jspecify.annotations.NullMarked;
