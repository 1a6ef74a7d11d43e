/**
 * Owns what belongs to one Lua state as a whole: its globals, its budget, the coroutine that runs
 * and where its interpreter stands. It must not know the libraries that fill the state.
 */
@NullMarked
package dev.tiaki.lua.state;

import org.jspecify.annotations.NullMarked;
