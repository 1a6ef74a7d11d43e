/**
 * Owns ICMP of both IP families (RFC 792, RFC 4443): the header, what the common messages say, the
 * packets that they quote, and the events of its packets. It must not know other protocols.
 */
@NullMarked
package dev.tiaki.dissector.icmp;

import org.jspecify.annotations.NullMarked;
