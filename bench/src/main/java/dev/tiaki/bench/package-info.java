/**
 * Owns the whole-run benchmarks: load files, measured processes, slopes and their table. Nothing
 * imports it.
 */
@NullMarked
package dev.tiaki.bench;

import org.jspecify.annotations.NullMarked;
