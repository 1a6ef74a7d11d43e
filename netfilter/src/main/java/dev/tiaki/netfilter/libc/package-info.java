/**
 * Owns the calls into the C library over {@code java.lang.foreign}: sockets, polling, network
 * namespaces. For this project alone, and not part of what the module offers. It must not know what
 * a socket is for.
 */
@NullMarked
package dev.tiaki.netfilter.libc;

import org.jspecify.annotations.NullMarked;
