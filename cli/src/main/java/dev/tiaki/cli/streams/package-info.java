/**
 * Owns the files of {@code --streams}: the bytes of each direction of each TCP stream, and their
 * index. It must not know TCP: someone else puts the bytes in order.
 */
@NullMarked
package dev.tiaki.cli.streams;

import org.jspecify.annotations.NullMarked;
