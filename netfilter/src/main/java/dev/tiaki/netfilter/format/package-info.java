/**
 * Owns how flows and events are written and read as text: lines as conntrack(8) prints them, JSON
 * objects, and its {@code save} format. It must not know where the flows come from.
 */
@NullMarked
package dev.tiaki.netfilter.format;

import org.jspecify.annotations.NullMarked;
