/** {@code masterha_check_ssh}: what is printed and the exit status; the tests themselves are {@code monitor.ssh}. */
@NullMarked
package io.mha4j.cli.ssh;

import org.jspecify.annotations.NullMarked;
