/**
 * Owns what TLS (RFC 5246, RFC 8446) says in the clear: the hellos, the certificates of versions up
 * to 1.2, and the fingerprints made of them. It must not know what the connection carries.
 */
@NullMarked
package dev.tiaki.dissector.tls;

import org.jspecify.annotations.NullMarked;
