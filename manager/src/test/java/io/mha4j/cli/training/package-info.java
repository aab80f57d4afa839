@NullMarked
package io.mha4j.cli.training;

import org.jspecify.annotations.NullMarked;
