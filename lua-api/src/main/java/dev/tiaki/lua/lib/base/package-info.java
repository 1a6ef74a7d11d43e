/** Owns the global functions of Lua. It must not know rules or packets. */
@NullMarked
package dev.tiaki.lua.lib.base;

import org.jspecify.annotations.NullMarked;
