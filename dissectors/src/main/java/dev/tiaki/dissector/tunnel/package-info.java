/**
 * Owns tunnels on the way down: GRE (RFC 2784, 2637), IP in IP (RFC 2003), IPv6 in IPv4 (RFC 4213),
 * VXLAN (RFC 7348) and GENEVE (RFC 8926). It must not know what the inner packets carry.
 */
@NullMarked
package dev.tiaki.dissector.tunnel;

import org.jspecify.annotations.NullMarked;
