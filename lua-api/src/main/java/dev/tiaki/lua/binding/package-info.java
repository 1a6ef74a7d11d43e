/**
 * Owns how each type of the engine and the dissectors looks to Lua: one class per type. It must not
 * know rules, events, or the {@code haka} module.
 */
@NullMarked
package dev.tiaki.lua.binding;

import org.jspecify.annotations.NullMarked;
