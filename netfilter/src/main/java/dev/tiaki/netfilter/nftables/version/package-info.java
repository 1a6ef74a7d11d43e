/**
 * Owns what each release of nftables understands. It must not know documents, JSON or the kernel.
 */
@NullMarked
package dev.tiaki.netfilter.nftables.version;

import org.jspecify.annotations.NullMarked;
