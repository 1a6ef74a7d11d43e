/** Owns the handler that tracks Netty's channels. It must not know how the list is shown. */
@NullMarked
package dev.tiaki.tracker.netty;

import org.jspecify.annotations.NullMarked;
