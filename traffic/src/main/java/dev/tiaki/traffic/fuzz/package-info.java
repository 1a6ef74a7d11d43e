/**
 * Owns breaking good inputs at random, always the same way for the same seed. It must not know what
 * the octets mean.
 */
@NullMarked
package dev.tiaki.traffic.fuzz;

import org.jspecify.annotations.NullMarked;
