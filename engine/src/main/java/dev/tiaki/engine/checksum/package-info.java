/**
 * Owns the Internet checksum (RFC 1071), pseudo headers of both IP families included. It must not
 * know where headers keep their checksum.
 */
@NullMarked
package dev.tiaki.engine.checksum;

import org.jspecify.annotations.NullMarked;
