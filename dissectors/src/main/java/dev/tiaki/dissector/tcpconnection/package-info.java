/**
 * Owns TCP connections: their table, states, the order of their data, and what leaves after rules
 * edited it. It must not know what the data means, nor that rules are written in Lua.
 */
@NullMarked
package dev.tiaki.dissector.tcpconnection;

import org.jspecify.annotations.NullMarked;
