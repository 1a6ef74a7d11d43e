/** Owns the table library. It must not know what tables hold. */
@NullMarked
package dev.tiaki.lua.lib.table;

import org.jspecify.annotations.NullMarked;
