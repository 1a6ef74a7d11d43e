/**
 * Owns documents of nftables: tables and what is in them, commands, and how they follow each other.
 * It must not know JSON, versions or the kernel.
 */
@NullMarked
package dev.tiaki.netfilter.nftables.model;

import org.jspecify.annotations.NullMarked;
