/**
 * Gets files from package registries by their coordinates, through the registries' own clients: Maven, npm, apt.
 *
 * <p>Which registry host answers is the clients' configuration; no address is written here. Knows nothing of what is in
 * the packages. May use {@code lab.base}.
 */
@NullMarked
package io.mha4j.lab.fetch;

import org.jspecify.annotations.NullMarked;
