/**
 * Owns what one event may cost: instructions, allocated bytes, the size of a string. It must not
 * know what a rule does or how its code was compiled.
 */
@NullMarked
package dev.tiaki.lua.budget;

import org.jspecify.annotations.NullMarked;
