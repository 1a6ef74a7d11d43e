package dev.tiaki.dissector.ipv4;

import dev.tiaki.dissector.ip.Fragment;
import dev.tiaki.dissector.ip.FragmentWriter;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.packet.Packet;

/** Writes total length, offset, the flag for more fragments, and the checksum. */
final class Ipv4FragmentWriter implements FragmentWriter {
  /** The parts of the header that a rule changes for the whole datagram: offset, length. */
  private static final int[][] SHARED = {
    {Ipv4Layout.TYPE_OF_SERVICE, 1},
    {Ipv4Layout.IDENTIFICATION, 2},
    {Ipv4Layout.TIME_TO_LIVE, 2},
    {Ipv4Layout.SOURCE, 8},
  };

  @Override
  public void describe(Fragment fragment, int offset, int length, boolean more, boolean changed) {
    Packet packet = fragment.packet();
    byte[] frame = packet.array();
    int start = packet.networkOffset();
    int total = fragment.headerLength() + length;
    int kept = shortAt(frame, start + Ipv4Layout.FRAGMENT) & 0xc000;
    int word = kept | (more ? Ipv4Layout.MORE_FRAGMENTS : 0) | offset >> Ipv4Layout.OFFSET_SHIFT;
    if (!changed
        && shortAt(frame, start + Ipv4Layout.TOTAL_LENGTH) == total
        && shortAt(frame, start + Ipv4Layout.FRAGMENT) == word) {
      return;
    }
    setShort(frame, start + Ipv4Layout.TOTAL_LENGTH, total);
    setShort(frame, start + Ipv4Layout.FRAGMENT, word);
    setShort(frame, start + Ipv4Layout.CHECKSUM, 0);
    int checksum = InternetChecksum.of(frame, start, fragment.headerLength());
    setShort(frame, start + Ipv4Layout.CHECKSUM, checksum);
    packet.markModified();
  }

  @Override
  public boolean copyChanges(byte[] before, Packet first, Packet other) {
    boolean changed = false;
    int from = first.networkOffset();
    int to = other.networkOffset();
    for (int[] part : SHARED) {
      for (int i = part[0]; i < part[0] + part[1]; i++) {
        byte now = first.array()[from + i];
        if (now != before[i] && now != other.array()[to + i]) {
          other.array()[to + i] = now;
          changed = true;
        }
      }
    }
    return changed;
  }

  @Override
  public int largestEnd(Fragment fragment) {
    return Ipv4Layout.MAX_TOTAL_LENGTH - fragment.headerLength();
  }

  private static int shortAt(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private static void setShort(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }
}
