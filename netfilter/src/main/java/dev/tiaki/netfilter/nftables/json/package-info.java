/**
 * Owns the JSON schema of libnftables: documents from octets and back. It must not know how a
 * document reaches the kernel.
 */
@NullMarked
package dev.tiaki.netfilter.nftables.json;

import org.jspecify.annotations.NullMarked;
