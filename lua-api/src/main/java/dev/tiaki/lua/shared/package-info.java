/**
 * Owns what the Lua states of one program have in common: the switches of rules, and dictionaries.
 * Everything here may be used from any thread. It must not know LuaJ, packets or protocols.
 */
@NullMarked
package dev.tiaki.lua.shared;

import org.jspecify.annotations.NullMarked;
