/**
 * Owns what all library functions share: how they take arguments and report wrong ones. It must not
 * know what any of them does.
 */
@NullMarked
package dev.tiaki.lua.lib;

import org.jspecify.annotations.NullMarked;
