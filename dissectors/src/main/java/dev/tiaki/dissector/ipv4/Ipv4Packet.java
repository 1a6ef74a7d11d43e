package dev.tiaki.dissector.ipv4;

import static dev.tiaki.dissector.ipv4.Ipv4Layout.CHECKSUM;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.DESTINATION;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.DONT_FRAGMENT;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.FRAGMENT;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.IDENTIFICATION;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.MAX_TOTAL_LENGTH;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.MIN_HEADER_BYTES;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.MORE_FRAGMENTS;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.OFFSET_MASK;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.OFFSET_SHIFT;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.PROTOCOL;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.RESERVED_FLAG;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.SOURCE;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.TIME_TO_LIVE;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.TOTAL_LENGTH;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.TYPE_OF_SERVICE;
import static dev.tiaki.dissector.ipv4.Ipv4Layout.VERSION_AND_LENGTH;

import dev.tiaki.dissector.ip.IpDissector;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.packet.Packet;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * An IPv4 packet: every header field readable and writable in place.
 *
 * <p>Setters keep as many low bits as their field has. A header that was written gets its total
 * length and its checksum made right when the packet is sent; an untouched header leaves as it
 * came, even with a wrong checksum.
 */
public final class Ipv4Packet extends IpPacket {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private int headerBytes;

  /** Whether the total length is left to the network card. */
  private boolean openLength;

  Ipv4Packet(IpDissector dissector, Packet packet) {
    super(dissector, packet);
  }

  void lay(Packet over, int headerLength, int length, int missing) {
    headerBytes = headerLength;
    layOver(over, headerLength, length, missing);
    openLength = totalLength() == 0;
  }

  private int byteAt(int field) {
    return header()[headerOffset() + field] & 0xff;
  }

  private void setByte(int field, int value) {
    writeHeader();
    header()[headerOffset() + field] = (byte) value;
  }

  private int shortAt(int field) {
    return (short) SHORT.get(header(), headerOffset() + field) & 0xffff;
  }

  private void setShort(int field, int value) {
    writeHeader();
    SHORT.set(header(), headerOffset() + field, (short) value);
  }

  /** Returns the version, 0 to 15. */
  public int version() {
    return byteAt(VERSION_AND_LENGTH) >>> 4;
  }

  /** Sets the version; the low 4 bits count. */
  public void setVersion(int version) {
    setByte(VERSION_AND_LENGTH, (version & 0xf) << 4 | (byteAt(VERSION_AND_LENGTH) & 0xf));
  }

  /** Returns the header length in bytes, a multiple of 4. */
  public int headerLength() {
    return (byteAt(VERSION_AND_LENGTH) & 0xf) << 2;
  }

  /** Sets the header length in bytes; the low 2 bits are lost. */
  public void setHeaderLength(int bytes) {
    setByte(VERSION_AND_LENGTH, (byteAt(VERSION_AND_LENGTH) & 0xf0) | (bytes >> 2 & 0xf));
  }

  /** Returns the type of service, 0 to 255. */
  public int typeOfService() {
    return byteAt(TYPE_OF_SERVICE);
  }

  /** Sets the type of service; the low 8 bits count. */
  public void setTypeOfService(int value) {
    setByte(TYPE_OF_SERVICE, value);
  }

  /** Returns the total length that the header claims, in bytes. */
  public int totalLength() {
    return shortAt(TOTAL_LENGTH);
  }

  /** Sets the total length; the low 16 bits count. */
  public void setTotalLength(int bytes) {
    setShort(TOTAL_LENGTH, bytes);
  }

  /** Returns the identification, 0 to 65 535. */
  public int identification() {
    return shortAt(IDENTIFICATION);
  }

  /** Sets the identification; the low 16 bits count. */
  public void setIdentification(int value) {
    setShort(IDENTIFICATION, value);
  }

  /** Returns the fragment offset in bytes, a multiple of 8. */
  public int fragmentOffset() {
    return (shortAt(FRAGMENT) & OFFSET_MASK) << OFFSET_SHIFT;
  }

  /** Sets the fragment offset in bytes; the low 3 bits are lost. */
  public void setFragmentOffset(int bytes) {
    int flags = shortAt(FRAGMENT) & ~OFFSET_MASK;
    setShort(FRAGMENT, flags | (bytes >> OFFSET_SHIFT & OFFSET_MASK));
  }

  /** Returns the three flags as a number; the reserved flag is its uppermost bit. */
  public int flags() {
    return shortAt(FRAGMENT) >>> 13;
  }

  /** Sets the three flags; the low 3 bits count. */
  public void setFlags(int flags) {
    setShort(FRAGMENT, (flags & 7) << 13 | (shortAt(FRAGMENT) & OFFSET_MASK));
  }

  /** Tells whether the reserved flag is set. */
  public boolean reservedFlag() {
    return (shortAt(FRAGMENT) & RESERVED_FLAG) != 0;
  }

  /** Sets or clears the reserved flag. */
  public void setReservedFlag(boolean set) {
    setFlag(RESERVED_FLAG, set);
  }

  /** Tells whether routers must not fragment the packet. */
  public boolean dontFragment() {
    return (shortAt(FRAGMENT) & DONT_FRAGMENT) != 0;
  }

  /** Sets or clears the flag against fragmentation. */
  public void setDontFragment(boolean set) {
    setFlag(DONT_FRAGMENT, set);
  }

  /** Tells whether more fragments follow. */
  public boolean moreFragments() {
    return (shortAt(FRAGMENT) & MORE_FRAGMENTS) != 0;
  }

  /** Sets or clears the flag that says that more fragments follow. */
  public void setMoreFragments(boolean set) {
    setFlag(MORE_FRAGMENTS, set);
  }

  private void setFlag(int flag, boolean set) {
    int word = shortAt(FRAGMENT);
    setShort(FRAGMENT, set ? word | flag : word & ~flag);
  }

  @Override
  public int ttl() {
    return byteAt(TIME_TO_LIVE);
  }

  @Override
  public void setTtl(int ttl) {
    setByte(TIME_TO_LIVE, ttl);
  }

  @Override
  public int protocol() {
    return byteAt(PROTOCOL);
  }

  @Override
  public void setProtocol(int protocol) {
    setByte(PROTOCOL, protocol);
  }

  /** Returns the header checksum, 0 to 65 535. */
  public int checksum() {
    return shortAt(CHECKSUM);
  }

  /** Sets the header checksum; it is computed anew when the packet is sent. */
  public void setChecksum(int checksum) {
    setShort(CHECKSUM, checksum);
  }

  /** Tells whether the checksum over the header, options included, is right. */
  public boolean verifyChecksum() {
    return InternetChecksum.of(header(), headerOffset(), checkedLength()) == 0;
  }

  /** Makes the header checksum right. */
  public void computeChecksum() {
    setShort(CHECKSUM, 0);
    setShort(CHECKSUM, InternetChecksum.of(header(), headerOffset(), checkedLength()));
    keepHeaderAsItIs();
  }

  /** The header length may have been written; no more than was checked at the door is read. */
  private int checkedLength() {
    return Math.min(headerBytes, Math.max(headerLength(), MIN_HEADER_BYTES));
  }

  /** Returns the number of bytes of options, 0 to 40. */
  public int optionsLength() {
    return headerBytes - MIN_HEADER_BYTES;
  }

  /** Returns a copy of the options, padding included. */
  public byte[] options() {
    byte[] options = new byte[optionsLength()];
    System.arraycopy(header(), headerOffset() + MIN_HEADER_BYTES, options, 0, options.length);
    return options;
  }

  @Override
  public boolean isIpv6() {
    return false;
  }

  @Override
  protected int addressesOffset() {
    return headerOffset() + SOURCE;
  }

  @Override
  public long sourceHigh() {
    return 0;
  }

  @Override
  public long sourceLow() {
    return (int) INT.get(header(), headerOffset() + SOURCE) & 0xffff_ffffL;
  }

  @Override
  public long destinationHigh() {
    return 0;
  }

  @Override
  public long destinationLow() {
    return (int) INT.get(header(), headerOffset() + DESTINATION) & 0xffff_ffffL;
  }

  @Override
  public boolean isFragment() {
    return !isReassembled() && (shortAt(FRAGMENT) & (MORE_FRAGMENTS | OFFSET_MASK)) != 0;
  }

  @Override
  public boolean startsDatagram() {
    return isReassembled() || (shortAt(FRAGMENT) & OFFSET_MASK) == 0;
  }

  @Override
  protected boolean repairHeader() {
    int length = headerBytes + payloadLength() + missingLength();
    boolean keepOpen = openLength && !isLengthChanged();
    if (length > MAX_TOTAL_LENGTH && !keepOpen) {
      return false;
    }
    boolean stale = isHeaderModified();
    if (length != totalLength() && !keepOpen) {
      setTotalLength(length);
      stale = true;
    }
    if (stale) {
      computeChecksum();
    }
    return true;
  }
}
