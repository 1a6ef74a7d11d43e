/**
 * Owns the commands over nftables: {@code tiaki nft}. It must not know JSON's schema nor netlink:
 * the library netfilter does.
 */
@NullMarked
package dev.tiaki.cli.nft;

import org.jspecify.annotations.NullMarked;
