/**
 * Owns the join of the list with what the kernel knows of the same connections. It must not know
 * how the kernel is asked: that is the {@link dev.tiaki.tracker.kernel.KernelConnections} that is
 * given.
 */
@NullMarked
package dev.tiaki.tracker.kernel;

import org.jspecify.annotations.NullMarked;
