/** What the driver lacks of TLS: the manager's own certificate from PEM files. */
@NullMarked
package io.mha4j.mysql.tls;

import org.jspecify.annotations.NullMarked;
