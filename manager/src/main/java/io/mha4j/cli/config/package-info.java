/**
 * Commands about the configuration file alone: {@code masterha config} shows what counts, {@code masterha_conf_host} adds
 * and removes servers. No server is asked.
 */
@NullMarked
package io.mha4j.cli.config;

import org.jspecify.annotations.NullMarked;
