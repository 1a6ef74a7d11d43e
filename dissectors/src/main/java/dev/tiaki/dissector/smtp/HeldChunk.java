package dev.tiaki.dissector.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;

/**
 * The command of a chunk that waits until the size of its edited data is known.
 *
 * @param command what the line announced
 * @param line a mark at the beginning of the line, which keeps it in the stream
 * @param data where the data begin
 */
record HeldChunk(ChunkCommand command, BufferIterator line, BufferIterator data) {
  /**
   * Announces what stands before {@code end}, and lets the stream send it.
   *
   * @param missing how many of the announced octets have not come; they stay announced, so that a
   *     mail that was cut does not become a whole one
   */
  void release(BufferIterator end, long missing) {
    long size = SubBuffer.between(data, end).size() + missing;
    if (size != command.size()) {
      BufferIterator digits = line.copy();
      digits.advance(command.sizeAt());
      byte[] written = Long.toString(size).getBytes(US_ASCII);
      digits.sub(command.sizeDigits(), true).replace(VirtualBuffer.of(written));
    }
    line.unmark();
  }
}
