@NullMarked
package io.mha4j.lab.stage;

import org.jspecify.annotations.NullMarked;
