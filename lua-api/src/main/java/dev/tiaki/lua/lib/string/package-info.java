/**
 * Owns the string library: patterns and format as C Lua has them, with limits on what they may
 * cost. It must not know where strings come from.
 */
@NullMarked
package dev.tiaki.lua.lib.string;

import org.jspecify.annotations.NullMarked;
