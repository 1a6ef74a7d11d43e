/**
 * Owns the loop that takes a worker from packet to packet, and what each dissector of that worker
 * is given. It must not know any protocol, nor how many workers there are.
 */
@NullMarked
package dev.tiaki.engine.worker;

import org.jspecify.annotations.NullMarked;
