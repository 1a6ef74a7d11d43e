/**
 * Owns the IPv6 header and its extension headers: their layout, the view that reads and writes
 * them, and what is refused. It must not know any transport protocol.
 */
@NullMarked
package dev.tiaki.dissector.ipv6;

import org.jspecify.annotations.NullMarked;
