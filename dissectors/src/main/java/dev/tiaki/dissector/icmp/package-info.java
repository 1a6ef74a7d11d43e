/**
 * Owns ICMP for IPv4 (RFC 792): type, code, checksum, and the events of its packets. It must not
 * know what the types mean.
 */
@NullMarked
package dev.tiaki.dissector.icmp;

import org.jspecify.annotations.NullMarked;
