/**
 * Owns how two rulesets differ: what nftables writes in several ways is written in one, and the
 * rest is told to people and turned into the commands that make them equal. It must not know the
 * kernel or the program nft.
 */
@NullMarked
package dev.tiaki.netfilter.nftables.compare;

import org.jspecify.annotations.NullMarked;
