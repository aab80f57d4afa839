/**
 * Changes that are hard to carry to a replica: every kind of event that a binary log can hold, written by real clients.
 *
 * <p>Cases that rebuild a server from saved events write this content on a source and compare servers afterwards. All
 * tables are in schema {@code test}, their names begin with {@code h_}. Uses the database driver; knows nothing of the
 * manager.
 */
@NullMarked
package io.mha4j.lab.content;

import org.jspecify.annotations.NullMarked;
