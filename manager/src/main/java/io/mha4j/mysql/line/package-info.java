/**
 * The socket below a login, listened to while nobody asks anything: a server that dies is noticed at once, at no cost to
 * the server.
 *
 * <p>Hides how the driver is made to use a socket of ours. {@link io.mha4j.mysql.line.Line} is what others see.
 */
@NullMarked
package io.mha4j.mysql.line;

import org.jspecify.annotations.NullMarked;
