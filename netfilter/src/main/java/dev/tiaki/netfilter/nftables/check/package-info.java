/**
 * Owns what nftables takes: which documents a release reads with the meaning they state. It must
 * not know JSON nor the kernel's present ruleset.
 */
@NullMarked
package dev.tiaki.netfilter.nftables.check;

import org.jspecify.annotations.NullMarked;
