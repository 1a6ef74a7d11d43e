/**
 * Owns interactive Lua: lines that somebody types, evaluated in a running Lua state, and what
 * completes them. It must not know terminals: whoever has one implements {@link
 * dev.tiaki.lua.interactive.Terminal}.
 */
@NullMarked
package dev.tiaki.lua.interactive;

import org.jspecify.annotations.NullMarked;
