/**
 * Owns the kernel's connection tracking table as Java sees it: flows, filters, changes and events
 * through ctnetlink, and the same over an in-memory table. It must not know who asks: no JSON API,
 * no command line, no engine.
 */
@NullMarked
package dev.tiaki.netfilter.conntrack;

import org.jspecify.annotations.NullMarked;
