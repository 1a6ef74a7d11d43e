/**
 * Owns the measurement of what single pieces of work cost a rule: a parse, a search, a switch. It
 * must not know the program around the Lua state.
 */
package dev.tiaki.bench.rules;
