/** Receivers of what the product sends when a failover has ended: a webhook and a mail server that write down what comes. */
@NullMarked
package io.mha4j.lab.receive;

import org.jspecify.annotations.NullMarked;
