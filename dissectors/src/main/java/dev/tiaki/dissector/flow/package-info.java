/**
 * Owns what following TCP connections and following UDP flows have in common: what is kept for each
 * flow, and the flows that are followed. It must not know what a packet of either transport says.
 */
@NullMarked
package dev.tiaki.dissector.flow;

import org.jspecify.annotations.NullMarked;
