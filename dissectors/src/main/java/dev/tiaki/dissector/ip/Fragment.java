package dev.tiaki.dissector.ip;

import dev.tiaki.engine.packet.Packet;
import java.util.Arrays;

/**
 * One held fragment: where its data stands in its frame and in the datagram.
 *
 * <p>When an earlier fragment covers the first bytes, {@link #trimFront} takes them away here; the
 * frame is written anew when it is sent.
 */
public final class Fragment {
  private final Packet packet;
  private final int headerLength;
  private final int dataLength;
  private final boolean last;
  private int offset;
  private int trimmed;

  /**
   * Describes a fragment.
   *
   * @param headerLength the number of bytes from the network header to the fragment's data
   * @param dataLength the number of data bytes
   * @param offset where the data belongs in the datagram, a multiple of 8
   * @param last whether no fragment follows
   */
  public Fragment(Packet packet, int headerLength, int dataLength, int offset, boolean last) {
    this.packet = packet;
    this.headerLength = headerLength;
    this.dataLength = dataLength;
    this.offset = offset;
    this.last = last;
  }

  /** Returns the frame. */
  public Packet packet() {
    return packet;
  }

  /** Returns the number of bytes from the network header to the data. */
  public int headerLength() {
    return headerLength;
  }

  /** Returns where the data starts in the frame. */
  int dataStart() {
    return packet.networkOffset() + headerLength + trimmed;
  }

  /** Returns the number of data bytes in the frame as it was captured. */
  int frameDataLength() {
    return dataLength;
  }

  /** Returns the number of data bytes that count. */
  int length() {
    return dataLength - trimmed;
  }

  /** Returns where the data that counts starts in the datagram. */
  int offset() {
    return offset;
  }

  /** Returns where the data ends in the datagram. */
  int end() {
    return offset + length();
  }

  boolean isLast() {
    return last;
  }

  boolean isTrimmed() {
    return trimmed > 0;
  }

  /** Leaves the first {@code count} data bytes to an earlier fragment. */
  void trimFront(int count) {
    trimmed += count;
    offset += count;
  }

  /** Tells whether the other fragment is the same one again, byte for byte. */
  boolean isSameAs(Fragment other) {
    return offset == other.offset
        && last == other.last
        && Arrays.equals(
            packet.array(),
            dataStart(),
            dataStart() + length(),
            other.packet.array(),
            other.dataStart(),
            other.dataStart() + other.length());
  }
}
