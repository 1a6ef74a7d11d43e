package dev.tiaki.cli.inline;

import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Computes the checksum that a network card would have computed, had the packet gone on as it was.
 */
final class TransportChecksum {
  private static final int TCP = 6;
  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;

  private TransportChecksum() {}

  /** Makes the checksum right where the packet came without one; the frame is an IP packet. */
  static void complete(Packet packet) {
    if (!packet.isChecksumMissing()) {
      return;
    }
    byte[] frame = packet.array();
    @Nullable FrameEnds ends = FrameEnds.of(frame, 0, packet.length());
    if (ends != null) {
      compute(frame, packet.length(), ends);
    }
  }

  private static void compute(byte[] frame, int length, FrameEnds ends) {
    int start = ends.transportOffset();
    int size = length - start;
    int at = start + (ends.protocol() == TCP ? TCP_CHECKSUM : UDP_CHECKSUM);
    frame[at] = 0;
    frame[at + 1] = 0;
    long sum =
        InternetChecksum.pseudoHeader(
            ends.key().source(), ends.key().destination(), ends.protocol(), size);
    int checksum =
        InternetChecksum.finish(
            InternetChecksum.combine(sum, InternetChecksum.sum(frame, start, size)));
    frame[at] = (byte) (checksum >> 8);
    frame[at + 1] = (byte) checksum;
  }
}
