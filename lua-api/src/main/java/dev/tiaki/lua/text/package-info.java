/**
 * Owns how numbers and bytes are written as Lua text: C's printf conversions and byte-transparent
 * strings. It must not know about Lua states, rules or packets.
 */
@NullMarked
package dev.tiaki.lua.text;

import org.jspecify.annotations.NullMarked;
