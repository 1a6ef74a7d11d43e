package dev.tiaki.dissector.ipv6;

import static dev.tiaki.dissector.ipv6.Ipv6Layout.DESTINATION;
import static dev.tiaki.dissector.ipv6.Ipv6Layout.FRAGMENT_IDENTIFICATION;
import static dev.tiaki.dissector.ipv6.Ipv6Layout.FRAGMENT_OFFSET;
import static dev.tiaki.dissector.ipv6.Ipv6Layout.HEADER_BYTES;
import static dev.tiaki.dissector.ipv6.Ipv6Layout.HOP_LIMIT;
import static dev.tiaki.dissector.ipv6.Ipv6Layout.MAX_PAYLOAD_LENGTH;
import static dev.tiaki.dissector.ipv6.Ipv6Layout.MORE_FRAGMENTS;
import static dev.tiaki.dissector.ipv6.Ipv6Layout.NEXT_HEADER;
import static dev.tiaki.dissector.ipv6.Ipv6Layout.OFFSET_MASK;
import static dev.tiaki.dissector.ipv6.Ipv6Layout.PAYLOAD_LENGTH;
import static dev.tiaki.dissector.ipv6.Ipv6Layout.SOURCE;
import static dev.tiaki.dissector.ipv6.Ipv6Layout.VERSION_CLASS_AND_LABEL;

import dev.tiaki.dissector.ip.IpDissector;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.packet.Packet;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * An IPv6 packet: every field of the base header readable and writable in place, its extension
 * headers walked.
 *
 * <p>Setters keep as many low bits as their field has. The payload length is made right when a
 * packet that was edited is sent.
 */
public final class Ipv6Packet extends IpPacket {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Whether the length stands in a Jumbo Payload option. */
  private boolean jumbo;

  private final ExtensionHeaders extensions = new ExtensionHeaders();

  /** The chain behind the Fragment header of a reassembled datagram, relative to its data. */
  private final ExtensionHeaders inner = new ExtensionHeaders();

  Ipv6Packet(IpDissector dissector, Packet packet) {
    super(dissector, packet);
  }

  /** Walks the extension headers up to {@code limit}; false when they are broken. */
  boolean walk(Packet over, int limit) {
    byte[] frame = over.array();
    int start = over.networkOffset();
    int field = start + NEXT_HEADER;
    int next = frame[field] & 0xff;
    if (ExtensionHeaders.isUpper(next)) {
      extensions.none(next, field, start + HEADER_BYTES);
      return true;
    }
    return extensions.walk(frame, start + HEADER_BYTES, limit, next, field, true);
  }

  /** Lays the view over a packet whose extension headers were walked. */
  void lay(Packet over, int limit, int missing) {
    int headerLength = extensions.end() - over.networkOffset();
    layOver(over, headerLength, limit - extensions.end(), missing);
    jumbo = nextHeader() == ExtensionHeaders.HOP_BY_HOP && claimedPayloadLength() == 0;
  }

  /** Lays the view over a forged packet without extension headers. */
  void layPlain(Packet over) {
    int start = over.networkOffset();
    int next = over.array()[start + NEXT_HEADER] & 0xff;
    extensions.none(next, start + NEXT_HEADER, start + HEADER_BYTES);
    lay(over, over.length(), 0);
  }

  /** Walks what stands behind the Fragment header; returns where it ends, -1 when it is broken. */
  int walkReassembled(byte[] data, int limit) {
    boolean whole = inner.walk(data, 0, limit, extensions.protocol(), 0, false);
    return whole && !inner.hasFragmentHeader() ? inner.end() : -1;
  }

  private int intAt(int field) {
    return (int) INT.get(header(), headerOffset() + field);
  }

  private void setClassAndLabel(int mask, int bits) {
    writeHeader();
    int word = (intAt(VERSION_CLASS_AND_LABEL) & ~mask) | (bits & mask);
    INT.set(header(), headerOffset() + VERSION_CLASS_AND_LABEL, word);
  }

  /** Returns the version, 0 to 15. */
  public int version() {
    return intAt(VERSION_CLASS_AND_LABEL) >>> 28;
  }

  /** Sets the version; the low 4 bits count. */
  public void setVersion(int version) {
    setClassAndLabel(0xf000_0000, version << 28);
  }

  /** Returns the traffic class, 0 to 255. */
  public int trafficClass() {
    return intAt(VERSION_CLASS_AND_LABEL) >>> 20 & 0xff;
  }

  /** Sets the traffic class; the low 8 bits count. */
  public void setTrafficClass(int value) {
    setClassAndLabel(0x0ff0_0000, value << 20);
  }

  /** Returns the flow label, 20 bits. */
  public int flowLabel() {
    return intAt(VERSION_CLASS_AND_LABEL) & 0xf_ffff;
  }

  /** Sets the flow label; the low 20 bits count. */
  public void setFlowLabel(int value) {
    setClassAndLabel(0x000f_ffff, value);
  }

  /** Returns the length that the header claims for everything behind it, in bytes. */
  public int claimedPayloadLength() {
    return (short) SHORT.get(header(), headerOffset() + PAYLOAD_LENGTH) & 0xffff;
  }

  /** Sets the length of everything behind the header; the low 16 bits count. */
  public void setClaimedPayloadLength(int bytes) {
    writeHeader();
    SHORT.set(header(), headerOffset() + PAYLOAD_LENGTH, (short) bytes);
  }

  /** Returns the number of the header behind the base header, 0 to 255. */
  public int nextHeader() {
    return header()[headerOffset() + NEXT_HEADER] & 0xff;
  }

  /** Returns the number of bytes of extension headers, 0 to some 2 000. */
  public int extensionHeadersLength() {
    return extensions.end() - headerOffset() - HEADER_BYTES;
  }

  @Override
  public int ttl() {
    return header()[headerOffset() + HOP_LIMIT] & 0xff;
  }

  @Override
  public void setTtl(int ttl) {
    writeHeader();
    header()[headerOffset() + HOP_LIMIT] = (byte) ttl;
  }

  /** Returns the upper protocol behind all extension headers. */
  @Override
  public int protocol() {
    return isReassembled() ? inner.protocol() : extensions.protocol();
  }

  @Override
  public void setProtocol(int protocol) {
    if (isReassembled() && inner.end() > 0) {
      writePayload();
      payloadArray()[inner.protocolField()] = (byte) protocol;
      inner.protocolWritten(protocol & 0xff);
      return;
    }
    writeHeader();
    header()[extensions.protocolField()] = (byte) protocol;
    inner.protocolWritten(protocol & 0xff);
    extensions.protocolWritten(protocol & 0xff);
  }

  @Override
  public boolean isIpv6() {
    return true;
  }

  @Override
  protected int addressesOffset() {
    return headerOffset() + SOURCE;
  }

  private long longAt(int field) {
    return (long) LONG.get(header(), headerOffset() + field);
  }

  @Override
  public long sourceHigh() {
    return longAt(SOURCE);
  }

  @Override
  public long sourceLow() {
    return longAt(SOURCE + 8);
  }

  @Override
  public long destinationHigh() {
    return longAt(DESTINATION);
  }

  @Override
  public long destinationLow() {
    return longAt(DESTINATION + 8);
  }

  /** Tells whether there is a Fragment header, be it an atomic one. */
  public boolean hasFragmentHeader() {
    return extensions.hasFragmentHeader();
  }

  private int fragmentWord() {
    if (!extensions.hasFragmentHeader()) {
      return 0;
    }
    return (short) SHORT.get(header(), extensions.fragmentHeader() + FRAGMENT_OFFSET) & 0xffff;
  }

  /** Returns the fragment offset in bytes, 0 without a Fragment header. */
  public int fragmentOffset() {
    return fragmentWord() & OFFSET_MASK;
  }

  /** Tells whether more fragments follow. */
  public boolean moreFragments() {
    return (fragmentWord() & MORE_FRAGMENTS) != 0;
  }

  /** Returns the identification in the Fragment header, 0 without one. */
  public int identification() {
    return extensions.hasFragmentHeader()
        ? (int) INT.get(header(), extensions.fragmentHeader() + FRAGMENT_IDENTIFICATION)
        : 0;
  }

  @Override
  public boolean isFragment() {
    return !isReassembled() && (fragmentWord() & (OFFSET_MASK | MORE_FRAGMENTS)) != 0;
  }

  @Override
  public boolean startsDatagram() {
    return isReassembled() || fragmentOffset() == 0;
  }

  @Override
  protected boolean repairHeader() {
    int length = extensionHeadersLength() + payloadLength() + missingLength();
    if (jumbo) {
      return !isLengthChanged();
    }
    if (length > MAX_PAYLOAD_LENGTH) {
      return false;
    }
    if (length != claimedPayloadLength()) {
      setClaimedPayloadLength(length);
    }
    return true;
  }
}
