/** Owns the way into the program. It must not know what the commands do. */
@NullMarked
package dev.tiaki.cli;

import org.jspecify.annotations.NullMarked;
