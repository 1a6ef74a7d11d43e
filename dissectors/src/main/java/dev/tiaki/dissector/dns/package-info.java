/**
 * Owns DNS (RFC 1035 and what came later) over UDP and TCP: messages that can be read and edited,
 * and which response belongs to which query. It must not know other protocols that stand on flows.
 */
@NullMarked
package dev.tiaki.dissector.dns;

import org.jspecify.annotations.NullMarked;
