/**
 * The modules {@code misc/…}: what rules use beside packets. Must not know rules, events or
 * dissectors.
 */
@NullMarked
package dev.tiaki.lua.misc;

import org.jspecify.annotations.NullMarked;
