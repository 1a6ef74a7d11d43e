package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.stream.Segment;
import org.jspecify.annotations.Nullable;

/**
 * A segment that arrived before the data in front of it: with its packet when the packet waits too,
 * with a copy of the bytes when the packet has gone on, or with neither when nobody reads them.
 */
final class HeldSegment extends Segment {
  private static final int OBJECT_BYTES = 128;

  private final @Nullable TcpPacket packet;
  private final boolean fin;
  private final int missing;

  HeldSegment(
      int sequence,
      byte @Nullable [] array,
      int offset,
      int length,
      @Nullable TcpPacket packet,
      boolean fin,
      int missing) {
    super(sequence, array, offset, length);
    this.packet = packet;
    this.fin = fin;
    this.missing = missing;
  }

  /** Returns the packet that waits, or null. */
  @Nullable TcpPacket packet() {
    return packet;
  }

  /** Tells whether the stream ends behind this segment. */
  boolean isFin() {
    return fin;
  }

  /** Returns how many bytes behind it were on the wire and not captured. */
  int missing() {
    return missing;
  }

  /** Returns about how much memory the segment takes while it waits, in bytes. */
  int memoryBytes() {
    byte[] bytes = array();
    return OBJECT_BYTES + (bytes == null ? 0 : bytes.length);
  }
}
