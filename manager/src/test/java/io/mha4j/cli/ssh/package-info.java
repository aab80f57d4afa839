/** Tests of what {@code masterha_check_ssh} prints. */
@NullMarked
package io.mha4j.cli.ssh;

import org.jspecify.annotations.NullMarked;
