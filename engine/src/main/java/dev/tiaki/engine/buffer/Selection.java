package dev.tiaki.engine.buffer;

/**
 * Bytes taken out of a buffer for a while.
 *
 * @param reference stands on the place that they were taken from, for {@link
 *     BufferIterator#restore}
 * @param data the bytes
 */
public record Selection(BufferIterator reference, VirtualBuffer data) {}
