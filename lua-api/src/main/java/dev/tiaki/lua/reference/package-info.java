/**
 * Owns the reference of what Lua rules see: definition files that editors read, and the Markdown
 * pages that are made from them. Must not know the runtime that the definitions describe.
 */
@NullMarked
package dev.tiaki.lua.reference;

import org.jspecify.annotations.NullMarked;
