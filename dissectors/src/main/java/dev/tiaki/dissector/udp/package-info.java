/**
 * Owns UDP packets (RFC 768): header fields, checksum, and the events of packets. It must not know
 * flows, or any protocol that UDP carries.
 */
@NullMarked
package dev.tiaki.dissector.udp;

import org.jspecify.annotations.NullMarked;
