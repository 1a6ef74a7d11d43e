/**
 * Owns nf_tables' own netlink messages for what must be quick or cannot be said in JSON: elements
 * of sets, counters, the generation of the ruleset and its changes. It must not know documents,
 * JSON, or the program nft.
 */
@NullMarked
package dev.tiaki.netfilter.nftables.kernel;

import org.jspecify.annotations.NullMarked;
