package dev.tiaki.dissector.ip;

import dev.tiaki.engine.buffer.Memory;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * The upper protocol's bytes of an IP packet, {@code array()[offset() .. + length())}: the frame's
 * own, or those of a datagram that was put together. They may be written in place, edited through a
 * buffer, or replaced; in a frame that moves everything behind them.
 */
final class IpPayload {
  private Packet packet;
  private Memory memory;
  private byte[] array;
  private int offset;
  private int length;
  private int laidLength;
  private int missingLength;
  private @Nullable Datagram datagram;
  private @Nullable VirtualBuffer buffer;

  /** Lies over nothing that matters yet. */
  IpPayload(Packet packet) {
    this.packet = packet;
    this.memory = packet.memory();
    this.array = packet.array();
  }

  /**
   * Lies over bytes of a frame.
   *
   * @param missing the number of bytes that the capture cut off
   */
  void layOver(Packet over, int start, int count, int missing) {
    forget();
    packet = over;
    memory = over.memory();
    array = over.array();
    offset = start;
    length = count;
    laidLength = count;
    missingLength = missing;
    datagram = null;
  }

  /** Lies over what was put together from fragments; {@code start} is behind their headers. */
  void layOver(Datagram whole, byte[] data, int start) {
    forget();
    datagram = whole;
    memory = new Memory(data);
    array = data;
    offset = start;
    length = data.length - start;
    missingLength = 0;
  }

  byte[] array() {
    return array;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  int missingLength() {
    return missingLength;
  }

  boolean isLengthChanged() {
    return length != laidLength;
  }

  @Nullable Datagram datagram() {
    return datagram;
  }

  /** Returns the buffer through which rules edit, the same one until the bytes are replaced. */
  VirtualBuffer buffer(boolean readOnly) {
    VirtualBuffer known = buffer;
    if (known == null) {
      known = VirtualBuffer.over(memory, offset, length);
      if (readOnly) {
        known.setReadOnly();
      }
      buffer = known;
    }
    return known;
  }

  /** Brings edits of the buffer to the bytes; false when there are none. */
  boolean commit() {
    VirtualBuffer edited = buffer;
    if (edited == null || !edited.isModified()) {
      return false;
    }
    if (!edited.isOver(memory, offset, length)) {
      byte[] bytes = edited.toByteArray();
      if (datagram != null) {
        datagram.boundaries().follow(edited, array, offset);
        layReassembled(bytes, 0, bytes.length);
      } else {
        replace(bytes, 0, bytes.length);
      }
      forget();
    }
    return true;
  }

  /** Replaces the bytes by others, which are copied. */
  void replace(byte[] bytes, int from, int count) {
    if (datagram != null) {
      byte[] before = array;
      layReassembled(bytes, from, count);
      datagram.boundaries().follow(before, array);
    } else if (count == length && !packet.memory().isShared()) {
      System.arraycopy(bytes, from, array, offset, count);
    } else {
      replaceFrame(bytes, from, count);
    }
  }

  private void layReassembled(byte[] bytes, int from, int count) {
    // the extension headers of IPv6 stand between the start of the datagram and the payload
    byte[] whole = new byte[offset + count];
    System.arraycopy(array, 0, whole, 0, offset);
    System.arraycopy(bytes, from, whole, offset, count);
    forget();
    memory = new Memory(whole);
    array = whole;
    length = count;
  }

  private void replaceFrame(byte[] bytes, int from, int count) {
    int behind = offset + length;
    int trailer = packet.length() - behind;
    byte[] frame = new byte[offset + count + trailer];
    System.arraycopy(array, 0, frame, 0, offset);
    System.arraycopy(bytes, from, frame, offset, count);
    System.arraycopy(array, behind, frame, offset + count, trailer);
    forget();
    packet.setFrame(frame, frame.length);
    memory = packet.memory();
    array = frame;
    length = count;
  }

  /** Makes the buffer invalid: its bytes are gone, or the packet has left. */
  void forget() {
    if (buffer != null) {
      buffer.invalidate();
      buffer = null;
    }
  }
}
