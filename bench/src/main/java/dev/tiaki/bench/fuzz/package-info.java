/**
 * Owns the fuzzing of the whole engine: for each protocol inputs that are broken at random, a
 * worker with rules that read and edit everything, and what must hold afterwards. Nothing imports
 * it.
 */
@NullMarked
package dev.tiaki.bench.fuzz;

import org.jspecify.annotations.NullMarked;
