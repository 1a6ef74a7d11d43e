/**
 * Owns the writing of rules in Java, so that they read as nftables writes them. It must not know
 * JSON, releases or the kernel.
 */
@NullMarked
package dev.tiaki.netfilter.nftables.dsl;

import org.jspecify.annotations.NullMarked;
