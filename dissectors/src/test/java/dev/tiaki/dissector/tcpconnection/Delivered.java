package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.flow.Direction;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** What an end has received of the one connection, IPv4 in Ethernet, that frames carried. */
public final class Delivered {
  private static final int IPV4 = 14;
  private static final int TCP = IPV4 + 20;

  private Delivered() {}

  /**
   * Returns the bytes in the order of sequence numbers; the port of the client is the higher one.
   */
  public static byte[] stream(List<byte[]> frames, Direction direction) {
    TreeMap<Integer, byte[]> segments = new TreeMap<>();
    int first = 0;
    boolean known = false;
    for (byte[] frame : frames) {
      ByteBuffer bytes = ByteBuffer.wrap(frame);
      boolean up = (bytes.getShort(TCP) & 0xffff) > (bytes.getShort(TCP + 2) & 0xffff);
      if (up != (direction == Direction.UP)) {
        continue;
      }
      if (!known) {
        first = bytes.getInt(TCP + 4);
        known = true;
      }
      int header = (bytes.get(TCP + 12) & 0xf0) >> 2;
      int length = (bytes.getShort(IPV4 + 2) & 0xffff) - 20 - header;
      byte[] payload = new byte[length];
      bytes.get(TCP + header, payload);
      segments.merge(bytes.getInt(TCP + 4) - first, payload, (a, b) -> a.length > b.length ? a : b);
    }
    return join(segments);
  }

  private static byte[] join(TreeMap<Integer, byte[]> segments) {
    byte[] stream = {};
    for (var segment : segments.entrySet()) {
      int at = Math.max(0, segment.getKey() - 1); // the SYN counts as one
      byte[] payload = segment.getValue();
      if (at <= stream.length && at + payload.length > stream.length) {
        stream = Arrays.copyOf(stream, at + payload.length);
        System.arraycopy(payload, 0, stream, at, payload.length);
      }
    }
    return stream;
  }
}
