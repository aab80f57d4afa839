@NullMarked
package io.mha4j.monitor.route;

import org.jspecify.annotations.NullMarked;
