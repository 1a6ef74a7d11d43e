/** Owns the captures of the sample rule sets, written as code. It must not know the engine. */
@NullMarked
package dev.tiaki.samples;

import org.jspecify.annotations.NullMarked;
