/**
 * Owns the functions that reach the operating system, os and io. It must not know whether a state
 * may have them.
 */
@NullMarked
package dev.tiaki.lua.lib.os;

import org.jspecify.annotations.NullMarked;
