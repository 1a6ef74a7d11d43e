/**
 * Owns how Lua source becomes code that runs: compiled to Java classes that count what they do, or
 * run by the interpreter where a chunk is too big for a class. It must not know the libraries.
 */
@NullMarked
package dev.tiaki.lua.compile;

import org.jspecify.annotations.NullMarked;
