/**
 * Owns the clock of a worker and the timers that run on it. Time is the capture's time; this
 * package must not read the wall clock.
 */
@NullMarked
package dev.tiaki.engine.time;

import org.jspecify.annotations.NullMarked;
