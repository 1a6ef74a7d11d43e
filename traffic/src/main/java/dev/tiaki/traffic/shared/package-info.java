/**
 * Owns the way to material that tests use but the repository does not hold: real captures with
 * known answers. It must not know what is in it.
 */
@NullMarked
package dev.tiaki.traffic.shared;

import org.jspecify.annotations.NullMarked;
