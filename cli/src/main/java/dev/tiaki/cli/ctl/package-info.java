/**
 * Owns the commands that talk to a running engine over its control API: {@code tiaki ctl}, {@code
 * tiaki console}, {@code tiaki hakactl}. It must not know the engine: everything comes and goes as
 * JSON over a socket.
 */
@NullMarked
package dev.tiaki.cli.ctl;

import org.jspecify.annotations.NullMarked;
