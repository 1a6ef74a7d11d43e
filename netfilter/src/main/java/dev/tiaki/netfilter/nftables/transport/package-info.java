/**
 * Owns how documents reach nftables: a program of its own for each transaction, what proves that it
 * did what the document says, and which command is to blame when it did not. It must not know how
 * documents are written in JSON, nor what is in the messages that nft sends to the kernel.
 */
@NullMarked
package dev.tiaki.netfilter.nftables.transport;

import org.jspecify.annotations.NullMarked;
