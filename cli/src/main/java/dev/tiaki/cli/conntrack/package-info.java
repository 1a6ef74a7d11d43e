/**
 * Owns the commands over the connection tracking table: {@code tiaki connections} and {@code tiaki
 * conntrack}. It must not know netlink: the library netfilter does.
 */
@NullMarked
package dev.tiaki.cli.conntrack;

import org.jspecify.annotations.NullMarked;
