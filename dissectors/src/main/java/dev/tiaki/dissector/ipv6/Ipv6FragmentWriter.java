package dev.tiaki.dissector.ipv6;

import dev.tiaki.dissector.ip.Fragment;
import dev.tiaki.dissector.ip.FragmentWriter;
import dev.tiaki.engine.packet.Packet;

/** Writes the payload length, the offset and the flag for more fragments. */
final class Ipv6FragmentWriter implements FragmentWriter {
  @Override
  public void describe(Fragment fragment, int offset, int length, boolean more, boolean changed) {
    Packet packet = fragment.packet();
    byte[] frame = packet.array();
    int start = packet.networkOffset();
    int claimed = fragment.headerLength() - Ipv6Layout.HEADER_BYTES + length;
    // the Fragment header is the last one in front of the data
    int word =
        start
            + fragment.headerLength()
            - Ipv6Layout.FRAGMENT_HEADER_BYTES
            + Ipv6Layout.FRAGMENT_OFFSET;
    int reserved = shortAt(frame, word) & 6;
    int described = offset | reserved | (more ? Ipv6Layout.MORE_FRAGMENTS : 0);
    if (shortAt(frame, start + Ipv6Layout.PAYLOAD_LENGTH) == claimed
        && shortAt(frame, word) == described) {
      return;
    }
    setShort(frame, start + Ipv6Layout.PAYLOAD_LENGTH, claimed);
    setShort(frame, word, described);
    packet.markModified();
  }

  @Override
  public boolean copyChanges(byte[] before, Packet first, Packet other) {
    boolean changed = false;
    int from = first.networkOffset();
    int to = other.networkOffset();
    for (int i = 0; i < Ipv6Layout.HEADER_BYTES; i++) {
      boolean own = i >= Ipv6Layout.PAYLOAD_LENGTH && i <= Ipv6Layout.NEXT_HEADER;
      byte now = first.array()[from + i];
      if (!own && now != before[i] && now != other.array()[to + i]) {
        other.array()[to + i] = now;
        other.markModified();
        changed = true;
      }
    }
    return changed;
  }

  @Override
  public int largestEnd(Fragment fragment) {
    return Ipv6Layout.MAX_PAYLOAD_LENGTH - fragment.headerLength() + Ipv6Layout.HEADER_BYTES;
  }

  private static int shortAt(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private static void setShort(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }
}
