/**
 * Owns the terminal that a person types at: line editing, history, completion. It must not know
 * what the lines mean.
 */
@NullMarked
package dev.tiaki.cli.terminal;

import org.jspecify.annotations.NullMarked;
