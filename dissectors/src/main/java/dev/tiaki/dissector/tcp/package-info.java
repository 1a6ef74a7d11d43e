/**
 * Owns the TCP header: its layout, the view that rules read and write, its events, checksums and
 * the split of segments that have outgrown the MTU. It must not know any connection.
 */
@NullMarked
package dev.tiaki.dissector.tcp;

import org.jspecify.annotations.NullMarked;
