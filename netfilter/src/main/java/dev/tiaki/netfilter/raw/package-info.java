/**
 * Owns sockets that send whole IP packets, headers included. It must not know what is in them, nor
 * why they are sent.
 */
@NullMarked
package dev.tiaki.netfilter.raw;

import org.jspecify.annotations.NullMarked;
