/**
 * Owns the IPv4 header: its layout, the view that reads and writes it, and what is refused. It must
 * not know any transport protocol.
 */
@NullMarked
package dev.tiaki.dissector.ipv4;

import org.jspecify.annotations.NullMarked;
