/**
 * Real servers, hosts and faults for the demo and the integration cases. Never part of the product.
 */
@NullMarked
package io.mha4j.lab;

import org.jspecify.annotations.NullMarked;
