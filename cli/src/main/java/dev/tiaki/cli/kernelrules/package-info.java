/**
 * Owns the kernel rules that bring packets to the queues and act on the marks of decided
 * connections: their text, how they come, and how they go without a trace. It must not know what
 * happens to a packet that came up.
 */
@NullMarked
package dev.tiaki.cli.kernelrules;

import org.jspecify.annotations.NullMarked;
