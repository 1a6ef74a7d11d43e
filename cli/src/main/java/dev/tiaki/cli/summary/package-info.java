/**
 * Owns what is said after a run: what was covered and what was not, for people and for programs. It
 * must not know how anything was counted.
 */
@NullMarked
package dev.tiaki.cli.summary;

import org.jspecify.annotations.NullMarked;
