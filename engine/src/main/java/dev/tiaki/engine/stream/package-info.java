/**
 * Owns the order of a byte stream whose pieces carry 32-bit sequence numbers: reassembly, overlap
 * policies, and the map between a stream before and after edits. It must not know any header.
 */
@NullMarked
package dev.tiaki.engine.stream;

import org.jspecify.annotations.NullMarked;
