/**
 * Owns netfilter's packet queues (NFQUEUE): packets that a kernel rule hands to this program, and
 * the verdicts that it gives. It must not know what is in a packet, nor who decides.
 */
@NullMarked
package dev.tiaki.netfilter.queue;

import org.jspecify.annotations.NullMarked;
