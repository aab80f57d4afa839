@NullMarked
package io.mha4j.mysql.tls;

import org.jspecify.annotations.NullMarked;
