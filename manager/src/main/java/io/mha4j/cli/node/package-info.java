/**
 * MHA's node tools: the same options, output and exit statuses as MHA 0.58, without its defects and without the client
 * programs. Our manager needs none of them on the hosts; they serve operators' own scripts and mixed installations.
 *
 * <p>What they do with files is in {@code archive.node}.
 */
@NullMarked
package io.mha4j.cli.node;

import org.jspecify.annotations.NullMarked;
