/** Owns the mathematical functions. It must not know anything else. */
@NullMarked
package dev.tiaki.lua.lib.math;

import org.jspecify.annotations.NullMarked;
