/**
 * Owns HTTP/1.x on TCP connections: message heads, framing, bodies without it, and their edits (RFC
 * 9110, RFC 9112). It must not know Lua, nor any other protocol than TCP connections.
 */
@NullMarked
package dev.tiaki.dissector.http;

import org.jspecify.annotations.NullMarked;
