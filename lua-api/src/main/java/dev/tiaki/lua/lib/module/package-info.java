/** Owns how require finds and runs modules. It must not know which modules the product brings. */
@NullMarked
package dev.tiaki.lua.lib.module;

import org.jspecify.annotations.NullMarked;
