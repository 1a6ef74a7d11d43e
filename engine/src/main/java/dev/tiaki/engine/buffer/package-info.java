/**
 * Owns editable byte buffers: chunks over shared memory, positions that survive edits, streams. It
 * must not know packets, protocols or sequence numbers.
 */
@NullMarked
package dev.tiaki.engine.buffer;

import org.jspecify.annotations.NullMarked;
