/**
 * Owns capture files: reading them frame by frame, finding them in folders, writing them. It must
 * not know what is inside a frame.
 */
@NullMarked
package dev.tiaki.engine.capture;

import org.jspecify.annotations.NullMarked;
