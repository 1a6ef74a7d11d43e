/**
 * Owns the connections API: one JSON object in, one out, to read the table and to delete from it,
 * with the keys, types and error shapes of the firewall panel that it came from. It must not know
 * where the bytes come from: standard input or a control socket.
 */
@NullMarked
package dev.tiaki.netfilter.connections;

import org.jspecify.annotations.NullMarked;
