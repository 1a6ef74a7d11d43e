package dev.tiaki.dissector.ip;

import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import java.util.Arrays;

/**
 * Sends a reassembled datagram along its original fragments: untouched ones as they came, edited
 * ones with new data, grown ones as large as they have become; empty ones vanish.
 */
final class Refragmentation {
  private static final DropOrigin TOO_LONG = DropOrigin.of("limit of 65 535 bytes of an ip packet");

  private final Datagram datagram;
  private final FragmentWriter writer;
  private final PacketDissector root;

  Refragmentation(Datagram datagram, FragmentWriter writer, PacketDissector root) {
    this.datagram = datagram;
    this.writer = writer;
    this.root = root;
  }

  /**
   * Sends the datagram with the data {@code data}.
   *
   * @param header the first fragment's header as it was before any edit
   * @param headerModified whether it was edited since
   */
  void send(byte[] data, byte[] header, boolean headerModified) {
    int[] ends = datagram.boundaries().aligned();
    if (!fits(ends)) {
      datagram.first().packet().blame(TOO_LONG);
      datagram.drop(DropReason.BOUND);
      return;
    }
    Packet first = datagram.first().packet();
    int from = 0;
    for (int i = 0; i < ends.length; i++) {
      Fragment fragment = datagram.fragments().get(i);
      boolean changed = headerModified;
      if (i > 0 && headerModified) {
        changed = writer.copyChanges(header, first, fragment.packet());
      }
      write(fragment, data, from, ends[i], changed);
      from = ends[i];
    }
    release(ends);
  }

  private boolean fits(int[] ends) {
    for (int i = 0; i < ends.length; i++) {
      int largest = writer.largestEnd(datagram.fragments().get(i));
      if (ends[i] > largest) {
        return false;
      }
    }
    return true;
  }

  private void write(Fragment fragment, byte[] data, int from, int to, boolean changed) {
    int length = to - from;
    if (length == 0) {
      return;
    }
    if (!holds(fragment, data, from, to)) {
      replaceData(fragment, data, from, length);
    }
    writer.describe(fragment, from, length, to < data.length, changed);
  }

  private static boolean holds(Fragment fragment, byte[] data, int from, int to) {
    int start = fragment.dataStart();
    return !fragment.isTrimmed()
        && Arrays.equals(
            fragment.packet().array(), start, start + fragment.length(), data, from, to);
  }

  private static void replaceData(Fragment fragment, byte[] data, int from, int length) {
    Packet packet = fragment.packet();
    byte[] old = packet.array();
    int start = packet.networkOffset() + fragment.headerLength();
    int behind = start + fragment.frameDataLength();
    int trailer = packet.length() - behind;
    byte[] frame = new byte[start + length + trailer];
    System.arraycopy(old, 0, frame, 0, start);
    System.arraycopy(data, from, frame, start, length);
    System.arraycopy(old, behind, frame, start + length, trailer);
    packet.setFrame(frame, frame.length);
  }

  private void release(int[] ends) {
    int from = 0;
    for (int i = 0; i < ends.length; i++) {
      Packet packet = datagram.fragments().get(i).packet();
      if (!packet.isPending()) {
        // a rule decided about this frame alone
      } else if (ends[i] == from) {
        packet.drop(DropReason.EMPTIED);
      } else {
        root.send(packet);
      }
      from = ends[i];
    }
  }
}
