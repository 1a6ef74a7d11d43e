/**
 * Owns the console's side in the engine: sessions of Lua that is typed by somebody elsewhere. It
 * must not know terminals: lines come in and texts go out, over the control API.
 */
@NullMarked
package dev.tiaki.cli.control.console;

import org.jspecify.annotations.NullMarked;
