/**
 * What every other package stands on: identities, secrets, deadlines, the exception family.
 *
 * <p>Nothing here belongs to a domain of its own, reads a clock, opens a file or starts a thread; time comes from
 * outside as a tick source. May use no other package of ours.
 */
@NullMarked
package io.mha4j.base;

import org.jspecify.annotations.NullMarked;
