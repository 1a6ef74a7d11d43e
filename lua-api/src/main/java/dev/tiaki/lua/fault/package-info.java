/**
 * Owns Lua errors: their values, where they were raised, and how a Java stack reads as a Lua one.
 * It must not know the libraries that raise and catch them.
 */
@NullMarked
package dev.tiaki.lua.fault;

import org.jspecify.annotations.NullMarked;
