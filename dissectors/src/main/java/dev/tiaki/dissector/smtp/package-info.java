/**
 * Owns SMTP on TCP connections: commands, replies, mail data and the hand-over to TLS (RFC 5321,
 * RFC 2920, RFC 3030, RFC 3207, RFC 4954). It must not know Lua, nor any other protocol than TCP
 * connections.
 */
@NullMarked
package dev.tiaki.dissector.smtp;

import org.jspecify.annotations.NullMarked;
