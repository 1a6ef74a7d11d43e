package dev.tiaki.traffic;

import dev.tiaki.engine.packet.LinkType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Frames as a big-endian pcap file with nanoseconds. It is kept apart from the engine's writer, so
 * that each is a check on the other.
 */
final class PcapBytes {
  private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
  private static final int BILLION = 1_000_000_000;

  private PcapBytes() {}

  static byte[] of(List<Frame> frames) {
    LinkType linkType = frames.isEmpty() ? LinkType.ETHERNET : frames.getFirst().linkType();
    int total = frames.stream().mapToInt(frame -> 16 + frame.length()).sum();
    ByteBuffer out = ByteBuffer.allocate(24 + total);
    out.putInt(MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    out.putInt(262_144).putInt(linkType.number());
    for (Frame frame : frames) {
      if (!frame.linkType().equals(linkType)) {
        throw new IllegalStateException("link types " + linkType + " and " + frame.linkType());
      }
      out.putInt((int) (frame.nanos() / BILLION)).putInt((int) (frame.nanos() % BILLION));
      out.putInt(frame.length()).putInt(frame.originalLength()).put(frame.bytes());
    }
    return out.array();
  }
}
