/**
 * Owns the join of a program's own connections with the kernel's connection tracking table. It must
 * not know how either is kept.
 */
@NullMarked
package dev.tiaki.tracker.netfilter;

import org.jspecify.annotations.NullMarked;
