package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/**
 * What an array needs to make further elements of itself.
 *
 * @param begin where the array begins
 * @param entity the compiled element
 * @param creation makes the bytes of an element and parses them, or null
 */
record ElementSource(BufferIterator begin, CompiledEntity entity, @Nullable LuaValue creation) {}
