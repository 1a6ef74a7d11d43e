/**
 * Owns traffic written as code: conversations, segments, fragments and frames whose every byte is
 * known beforehand. It must not know how the engine reads them: tests compare the two.
 */
@NullMarked
package dev.tiaki.traffic;

import org.jspecify.annotations.NullMarked;
