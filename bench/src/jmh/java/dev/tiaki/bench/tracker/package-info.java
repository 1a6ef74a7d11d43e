/** Owns the measurement of what tracking a connection costs. It must not know the rest of Tiaki. */
package dev.tiaki.bench.tracker;
