/** What an archive of classes must hold so that commands start soon, beyond the classes that a training run loads by itself. */
@NullMarked
package io.mha4j.cli.training;

import org.jspecify.annotations.NullMarked;
