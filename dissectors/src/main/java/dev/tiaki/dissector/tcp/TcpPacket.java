package dev.tiaki.dissector.tcp;

import static dev.tiaki.dissector.tcp.TcpLayout.ACKNOWLEDGMENT;
import static dev.tiaki.dissector.tcp.TcpLayout.CHECKSUM;
import static dev.tiaki.dissector.tcp.TcpLayout.DATA_OFFSET;
import static dev.tiaki.dissector.tcp.TcpLayout.DESTINATION_PORT;
import static dev.tiaki.dissector.tcp.TcpLayout.FLAGS;
import static dev.tiaki.dissector.tcp.TcpLayout.MIN_HEADER_BYTES;
import static dev.tiaki.dissector.tcp.TcpLayout.SEQUENCE;
import static dev.tiaki.dissector.tcp.TcpLayout.SOURCE_PORT;
import static dev.tiaki.dissector.tcp.TcpLayout.URGENT_POINTER;
import static dev.tiaki.dissector.tcp.TcpLayout.WINDOW;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.buffer.Memory;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A TCP packet: every header field and option readable and writable in place.
 *
 * <p>The view was checked once, when it was laid over the packet; afterwards no getter reads
 * outside the frame. Setters keep as many low bits as their field has. The checksum of a packet
 * whose header or payload was written is computed when it is sent; an untouched packet leaves as it
 * came, even with a wrong checksum. One view is used for packet after packet; who keeps it calls
 * {@link #retain}.
 */
public final class TcpPacket {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] NONE = {};
  private static final int UNLIMITED = 0xffff;

  private final TcpDissector dissector;
  private final TcpOptions options = new TcpOptions(this);

  private @Nullable IpPacket ip;
  private byte[] array = NONE;
  private int start;
  private int headerBytes;
  private int payloadBytes;
  private int missingBytes;
  private int receivedPayloadBytes;
  private boolean headerModified;
  private boolean retained;
  private int maxSegmentBytes = UNLIMITED;
  private @Nullable VirtualBuffer payload;

  TcpPacket(TcpDissector dissector) {
    this.dissector = dissector;
  }

  /** Lays the view over a packet whose header was checked to be {@code headerLength} bytes. */
  void layOver(IpPacket over, int headerLength) {
    ip = over;
    array = over.payloadArray();
    start = over.payloadOffset();
    int captured = over.payloadLength();
    headerBytes = Math.min(headerLength, captured);
    payloadBytes = captured - headerBytes;
    receivedPayloadBytes = payloadBytes;
    missingBytes = over.missingLength() - (headerLength - headerBytes);
    headerModified = false;
    maxSegmentBytes = UNLIMITED;
    payload = null;
  }

  /** Returns how many bytes of payload and options its receiver takes in one segment. */
  int maxSegmentBytes() {
    return maxSegmentBytes;
  }

  /** Says how many bytes of payload and options its receiver takes, should it have to be split. */
  public void setMaxSegmentBytes(int bytes) {
    maxSegmentBytes = bytes;
  }

  /** Returns the IP packet around it. */
  public IpPacket ip() {
    return Objects.requireNonNull(ip, "no packet");
  }

  /** Returns the frame around it. */
  public Packet packet() {
    return ip().packet();
  }

  /** Tells whether the packet has no verdict yet and the view still lies over it. */
  public boolean isValid() {
    return ip != null && ip.isValid();
  }

  /** Returns the array in which the packet is. */
  public byte[] array() {
    return array;
  }

  /** Returns the index of the header in {@link #array}. */
  public int headerOffset() {
    return start;
  }

  /** Returns the index of the payload in {@link #array}. */
  public int payloadOffset() {
    return start + headerBytes;
  }

  /** Returns the number of payload bytes as the packet was received or last brought up to date. */
  public int payloadLength() {
    return payloadBytes;
  }

  /** Returns how many more bytes of the payload were on the wire and cut off by the capture. */
  public int missingLength() {
    return missingBytes;
  }

  /** Returns the number of payload bytes that the packet had when it was received. */
  public int receivedPayloadLength() {
    return receivedPayloadBytes;
  }

  int shortAtIndex(int index) {
    return (short) SHORT.get(array, index) & 0xffff;
  }

  int intAtIndex(int index) {
    return (int) INT.get(array, index);
  }

  void setShortAtIndex(int index, int value) {
    markHeaderModified();
    SHORT.set(array, index, (short) value);
  }

  void setIntAtIndex(int index, int value) {
    markHeaderModified();
    INT.set(array, index, value);
  }

  void markHeaderModified() {
    headerModified = true;
    ip().markPayloadModified();
  }

  /** Returns the source port, 0 to 65 535. */
  public int sourcePort() {
    return shortAtIndex(start + SOURCE_PORT);
  }

  /** Sets the source port. */
  public void setSourcePort(int port) {
    setShortAtIndex(start + SOURCE_PORT, port);
  }

  /** Returns the destination port, 0 to 65 535. */
  public int destinationPort() {
    return shortAtIndex(start + DESTINATION_PORT);
  }

  /** Sets the destination port. */
  public void setDestinationPort(int port) {
    setShortAtIndex(start + DESTINATION_PORT, port);
  }

  /** Returns the sequence number; all 32 bits count. */
  public int sequence() {
    return intAtIndex(start + SEQUENCE);
  }

  /** Sets the sequence number. */
  public void setSequence(int sequence) {
    setIntAtIndex(start + SEQUENCE, sequence);
  }

  /** Returns the acknowledgement number; all 32 bits count. */
  public int acknowledgment() {
    return intAtIndex(start + ACKNOWLEDGMENT);
  }

  /** Sets the acknowledgement number. */
  public void setAcknowledgment(int acknowledgment) {
    setIntAtIndex(start + ACKNOWLEDGMENT, acknowledgment);
  }

  /** Returns the header length that the header claims, in bytes, a multiple of 4. */
  public int headerLength() {
    return (array[start + DATA_OFFSET] & 0xf0) >>> 2;
  }

  /** Sets the header length in bytes; the low 2 bits are lost. */
  public void setHeaderLength(int bytes) {
    markHeaderModified();
    array[start + DATA_OFFSET] =
        (byte) ((bytes >> 2 & 0xf) << 4 | (array[start + DATA_OFFSET] & 0xf));
  }

  /** Returns the four reserved bits. */
  public int reserved() {
    return array[start + DATA_OFFSET] & 0xf;
  }

  /** Sets the four reserved bits. */
  public void setReserved(int bits) {
    markHeaderModified();
    array[start + DATA_OFFSET] = (byte) ((array[start + DATA_OFFSET] & 0xf0) | (bits & 0xf));
  }

  /** Returns the eight flags; see {@link TcpLayout}. */
  public int flags() {
    return array[start + FLAGS] & 0xff;
  }

  /** Sets the eight flags. */
  public void setFlags(int flags) {
    markHeaderModified();
    array[start + FLAGS] = (byte) flags;
  }

  /** Tells whether all flags of {@code mask} are set. */
  public boolean has(int mask) {
    return (array[start + FLAGS] & mask) == mask;
  }

  /** Sets or clears the flags of {@code mask}. */
  public void setFlag(int mask, boolean set) {
    setFlags(set ? flags() | mask : flags() & ~mask);
  }

  /** Returns the window as it stands in the header, not scaled, 0 to 65 535. */
  public int window() {
    return shortAtIndex(start + WINDOW);
  }

  /** Sets the window. */
  public void setWindow(int window) {
    setShortAtIndex(start + WINDOW, window);
  }

  /** Returns the checksum, 0 to 65 535. */
  public int checksum() {
    return shortAtIndex(start + CHECKSUM);
  }

  /** Sets the checksum; it is computed anew when the packet is sent. */
  public void setChecksum(int checksum) {
    setShortAtIndex(start + CHECKSUM, checksum);
  }

  /** Returns the urgent pointer, 0 to 65 535. */
  public int urgentPointer() {
    return shortAtIndex(start + URGENT_POINTER);
  }

  /** Sets the urgent pointer. */
  public void setUrgentPointer(int pointer) {
    setShortAtIndex(start + URGENT_POINTER, pointer);
  }

  /** Returns the options. */
  public TcpOptions options() {
    return options;
  }

  int optionsStart() {
    return start + MIN_HEADER_BYTES;
  }

  int optionsEnd() {
    return start + headerBytes;
  }

  void replaceOptions(byte[] bytes) {
    commit();
    byte[] whole = new byte[MIN_HEADER_BYTES + bytes.length + payloadBytes];
    System.arraycopy(array, start, whole, 0, MIN_HEADER_BYTES);
    System.arraycopy(bytes, 0, whole, MIN_HEADER_BYTES, bytes.length);
    System.arraycopy(array, payloadOffset(), whole, MIN_HEADER_BYTES + bytes.length, payloadBytes);
    replace(whole, MIN_HEADER_BYTES + bytes.length, payloadBytes);
    setHeaderLength(headerBytes);
  }

  /** Tells whether the checksum is right; always false when the capture cut the packet. */
  public boolean verifyChecksum() {
    commit();
    return missingBytes == 0 && checksumOver() == 0;
  }

  /** Makes the checksum right. */
  public void computeChecksum() {
    commit();
    setShortAtIndex(start + CHECKSUM, 0);
    SHORT.set(array, start + CHECKSUM, (short) checksumOver());
    headerModified = false;
  }

  private int checksumOver() {
    int length = headerBytes + payloadBytes;
    long pseudoHeader = ip().pseudoHeaderSum(TcpLayout.PROTOCOL, length);
    return InternetChecksum.finish(
        InternetChecksum.combine(pseudoHeader, InternetChecksum.sum(array, start, length)));
  }

  /** Returns the payload; edits reach the packet when it is sent. */
  public VirtualBuffer payload() {
    VirtualBuffer buffer = payload;
    if (buffer == null) {
      buffer = VirtualBuffer.over(memory(), payloadOffset(), payloadBytes);
      if (dissector.context().mode().readOnlyBuffers()) {
        buffer.setReadOnly();
      }
      payload = buffer;
    }
    return buffer;
  }

  /** Gives the payload away: {@link #payload} makes another buffer over what is in the frame. */
  public VirtualBuffer takePayload() {
    VirtualBuffer buffer = payload();
    payload = null;
    return buffer;
  }

  /** Returns a new buffer over the payload without its first {@code skip} bytes. */
  public VirtualBuffer payloadFrom(int skip) {
    VirtualBuffer buffer =
        VirtualBuffer.over(memory(), payloadOffset() + skip, payloadBytes - skip);
    if (dissector.context().mode().readOnlyBuffers()) {
      buffer.setReadOnly();
    }
    return buffer;
  }

  /** Returns the memory in which the packet is. */
  public Memory memory() {
    Packet packet = packet();
    return array == packet.array() ? packet.memory() : new Memory(array);
  }

  /** Brings edits of {@link #payload} into the frame. */
  public void commit() {
    VirtualBuffer buffer = payload;
    if (buffer != null && buffer.isModified()) {
      setPayload(buffer);
      payload = null;
    }
  }

  /** Makes the bytes of {@code buffer} the payload. */
  public void setPayload(VirtualBuffer buffer) {
    if (buffer.isOver(packet().memory(), payloadOffset(), payloadBytes)) {
      headerModified = true;
      ip().markPayloadModified();
      return;
    }
    byte[] whole = new byte[headerBytes + buffer.size()];
    System.arraycopy(array, start, whole, 0, headerBytes);
    buffer.copyTo(whole, headerBytes);
    replace(whole, headerBytes, buffer.size());
  }

  /** Makes {@code length} bytes the payload, which are copied. */
  public void setPayload(byte[] bytes, int offset, int length) {
    byte[] whole = new byte[headerBytes + length];
    System.arraycopy(array, start, whole, 0, headerBytes);
    System.arraycopy(bytes, offset, whole, headerBytes, length);
    replace(whole, headerBytes, length);
  }

  private void replace(byte[] whole, int headerLength, int payloadLength) {
    ip().replacePayload(whole, 0, headerLength + payloadLength);
    array = ip().payloadArray();
    start = ip().payloadOffset();
    headerBytes = headerLength;
    payloadBytes = payloadLength;
    missingBytes = 0;
    headerModified = true;
    payload = null;
  }

  /** Tells whether the header or the payload was written since the packet was received. */
  public boolean isModified() {
    VirtualBuffer buffer = payload;
    return headerModified || (buffer != null && buffer.isModified());
  }

  /** Makes the packet ready to leave: edits committed, checksum right when anything changed. */
  void repair() {
    commit();
    if (headerModified || ip().isPseudoHeaderModified()) {
      computeChecksum();
    }
  }

  /**
   * Keeps the view, and the one of the IP packet, for whoever calls this.
   *
   * @return this view
   */
  public TcpPacket retain() {
    retained = true;
    ip().retain();
    return this;
  }

  boolean isRetained() {
    return retained;
  }

  /** Returns the dissector that the packet belongs to. */
  public TcpDissector dissector() {
    return dissector;
  }

  /** Shows the packet to the listeners of {@code send_packet} and lets it leave. */
  public void send() {
    dissector.send(this);
  }

  /** Drops the packet. */
  public void drop(DropReason reason) {
    ip().drop(reason);
  }

  /** Has a forged packet received as if it had been captured. */
  public void inject() {
    repair();
    ip().inject();
  }
}
