/**
 * Owns the calls into the C library over {@code java.lang.foreign}: sockets, polling, network
 * namespaces. For the packages of this module alone, and not part of what it offers. It must not
 * know what a socket is for.
 */
@NullMarked
package dev.tiaki.netfilter.libc;

import org.jspecify.annotations.NullMarked;
