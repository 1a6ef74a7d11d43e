/**
 * Owns IP addresses and networks of both families: their values, order and texts. It must not know
 * any header.
 */
@NullMarked
package dev.tiaki.engine.address;

import org.jspecify.annotations.NullMarked;
