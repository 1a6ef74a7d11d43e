/**
 * Owns the Lua runtime as the rest of the product uses it: states, calls, failures. It must not
 * know rules or packets.
 */
@NullMarked
package dev.tiaki.lua.runtime;

import org.jspecify.annotations.NullMarked;
