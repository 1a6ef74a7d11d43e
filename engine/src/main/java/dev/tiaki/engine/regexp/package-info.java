/**
 * Regular expressions over bytes, in linear time on every input and over any cut of it: the syntax
 * of PCRE, lazily built automata. Knows neither buffers nor Lua.
 */
@NullMarked
package dev.tiaki.engine.regexp;

import org.jspecify.annotations.NullMarked;
