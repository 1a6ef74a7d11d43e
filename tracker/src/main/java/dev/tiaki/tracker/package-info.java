/**
 * Owns the list of a program's open connections: the tracker, what it knows of each connection, and
 * the wrappers of sockets and channels that feed it. It must not know how the list is shown, nor
 * any library but the JDK.
 */
@NullMarked
package dev.tiaki.tracker;

import org.jspecify.annotations.NullMarked;
