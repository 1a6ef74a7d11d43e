/**
 * Owns the debug library, as far as stacks and metatables go. It must not know how code was
 * compiled.
 */
@NullMarked
package dev.tiaki.lua.lib.debug;

import org.jspecify.annotations.NullMarked;
