/**
 * Owns a packet: its frame, its time, and its one verdict. It must not know any header, nor where
 * packets come from or go to.
 */
@NullMarked
package dev.tiaki.engine.packet;

import org.jspecify.annotations.NullMarked;
