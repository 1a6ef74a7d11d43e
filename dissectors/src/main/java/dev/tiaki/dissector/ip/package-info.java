/**
 * Owns what IPv4 and IPv6 have in common: the packet as upper protocols see it, its way through the
 * events, and the reassembly of fragments. It must not know any transport protocol, nor which
 * header stands in front of it.
 */
@NullMarked
package dev.tiaki.dissector.ip;

import org.jspecify.annotations.NullMarked;
