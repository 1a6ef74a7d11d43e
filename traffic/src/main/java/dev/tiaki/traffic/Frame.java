package dev.tiaki.traffic;

import dev.tiaki.engine.packet.LinkType;
import java.util.Arrays;

/** One frame of a capture, link header included. */
public final class Frame {
  private final byte[] bytes;
  private final int networkOffset;
  private final long nanos;
  private final LinkType linkType;
  private final int originalLength;

  Frame(byte[] bytes, int networkOffset, long nanos, LinkType linkType, int originalLength) {
    this.bytes = bytes;
    this.networkOffset = networkOffset;
    this.nanos = nanos;
    this.linkType = linkType;
    this.originalLength = originalLength;
  }

  /** Returns a frame whose first {@code networkOffset} octets are its link header. */
  public static Frame of(LinkType linkType, int networkOffset, byte[] bytes, long nanos) {
    return new Frame(bytes.clone(), networkOffset, nanos, linkType, bytes.length);
  }

  /** Returns a copy of the octets. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns how many octets there are. */
  public int length() {
    return bytes.length;
  }

  /** Returns where the network header starts. */
  public int networkOffset() {
    return networkOffset;
  }

  /** Returns the capture time, nanoseconds since the Unix epoch. */
  public long nanos() {
    return nanos;
  }

  /** Returns what kind of frame it is. */
  public LinkType linkType() {
    return linkType;
  }

  /** Returns how many octets were on the wire: more than {@link #length} when it was cut. */
  public int originalLength() {
    return originalLength;
  }

  /** Returns the network layer's octets, without the link header. */
  public byte[] network() {
    return Arrays.copyOfRange(bytes, networkOffset, bytes.length);
  }

  /** Returns the same frame at another time. */
  public Frame at(long newNanos) {
    return new Frame(bytes, networkOffset, newNanos, linkType, originalLength);
  }

  /** Returns the frame as a capture with this snapshot length has it. */
  public Frame cut(int snapLength) {
    byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, snapLength));
    return new Frame(head, networkOffset, nanos, linkType, originalLength);
  }

  /** Returns the frame with the octet at {@code index} replaced. */
  public Frame withOctet(int index, int value) {
    byte[] changed = bytes.clone();
    changed[index] = (byte) value;
    return new Frame(changed, networkOffset, nanos, linkType, originalLength);
  }
}
