/**
 * Grammars: messages described in Lua, compiled once to a graph that parses streams, and results
 * that write back into the buffers they came from. Must not know rules, events or dissectors.
 */
@NullMarked
package dev.tiaki.lua.grammar;

import org.jspecify.annotations.NullMarked;
