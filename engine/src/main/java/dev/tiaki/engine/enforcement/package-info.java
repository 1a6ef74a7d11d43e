/**
 * Owns what is decided about whole flows and who carries it out: the kernel, or a table in memory.
 * It must not know any protocol, nor how the kernel is told.
 */
@NullMarked
package dev.tiaki.engine.enforcement;

import org.jspecify.annotations.NullMarked;
