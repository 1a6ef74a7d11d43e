/**
 * Owns netlink sockets over {@code java.lang.foreign}: framing, attributes, requests, dumps,
 * batches and multicast, in any network namespace. It must not know what conntrack, nftables or
 * NFQUEUE put into the messages.
 */
@NullMarked
package dev.tiaki.netfilter.netlink;

import org.jspecify.annotations.NullMarked;
