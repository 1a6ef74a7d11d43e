/**
 * Owns what nftables rules are made of: expressions and statements, their units and words. It must
 * not know tables, JSON or the kernel.
 */
@NullMarked
package dev.tiaki.netfilter.nftables.rule;

import org.jspecify.annotations.NullMarked;
