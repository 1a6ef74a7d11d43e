/**
 * Owns the Lua debugger: where it stops, and the commands that somebody types there. It must not
 * know packets, and sees interpreted functions only.
 */
@NullMarked
package dev.tiaki.lua.debugger;

import org.jspecify.annotations.NullMarked;
