/**
 * Owns what stands before the network header of a frame, and which worker a frame belongs to. It
 * must not know what the network protocols do, but where IP has its addresses.
 */
@NullMarked
package dev.tiaki.dissector.link;

import org.jspecify.annotations.NullMarked;
