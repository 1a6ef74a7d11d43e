/**
 * Owns the root of the dissectors: what happens to a frame before and after its network protocol
 * looks at it, and what every dissector does when a rule fails or a header is broken. It must not
 * know any network protocol.
 */
@NullMarked
package dev.tiaki.dissector.packet;

import org.jspecify.annotations.NullMarked;
