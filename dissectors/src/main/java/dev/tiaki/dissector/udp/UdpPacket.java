package dev.tiaki.dissector.udp;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ip.TransportPacket;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;

/**
 * A UDP packet, a view over {@link UdpLayout} that is used again for the next packet unless it is
 * kept with {@link #retain}. Length and checksum are made right on the way out when anything in the
 * packet was changed.
 */
public final class UdpPacket implements TransportPacket {
  private final UdpDissector dissector;
  private IpPacket ip;
  private int surplus;
  private boolean modified;
  private boolean retained;

  UdpPacket(UdpDissector dissector, IpPacket ip) {
    this.dissector = dissector;
    this.ip = ip;
  }

  /**
   * Lays the view over another packet.
   *
   * @param behind how many bytes of the IP payload stand behind what the length field covers
   */
  void lay(IpPacket over, int behind) {
    ip = over;
    surplus = behind;
    modified = false;
  }

  @Override
  public IpPacket ip() {
    return ip;
  }

  /** Returns the frame, the first one of a reassembled packet. */
  public Packet packet() {
    return ip.packet();
  }

  /** Tells whether the packet has no verdict yet and the view still lies over it. */
  public boolean isValid() {
    return ip.isValid();
  }

  private int field(int offset) {
    byte[] bytes = ip.payloadArray();
    int at = ip.payloadOffset() + offset;
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private void setField(int offset, int value) {
    ip.writePayload();
    modified = true;
    put(offset, value);
  }

  private void put(int offset, int value) {
    byte[] bytes = ip.payloadArray();
    int at = ip.payloadOffset() + offset;
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }

  /** Returns the source port, 0 to 65 535. */
  public int sourcePort() {
    return field(UdpLayout.SOURCE_PORT);
  }

  /** Sets the source port; the low 16 bits count. */
  public void setSourcePort(int port) {
    setField(UdpLayout.SOURCE_PORT, port);
  }

  /** Returns the destination port, 0 to 65 535. */
  public int destinationPort() {
    return field(UdpLayout.DESTINATION_PORT);
  }

  /** Sets the destination port; the low 16 bits count. */
  public void setDestinationPort(int port) {
    setField(UdpLayout.DESTINATION_PORT, port);
  }

  /** Returns the length field: header and data in bytes. */
  public int length() {
    return field(UdpLayout.LENGTH);
  }

  /** Sets the length field; the right length replaces it when the packet is sent. */
  public void setLength(int length) {
    setField(UdpLayout.LENGTH, length);
  }

  /** Returns the checksum, 0 when the sender made none. */
  public int checksum() {
    return field(UdpLayout.CHECKSUM);
  }

  /** Sets the checksum; it is computed anew when the packet is sent. */
  public void setChecksum(int checksum) {
    setField(UdpLayout.CHECKSUM, checksum);
  }

  /** Returns the data behind the header; edits there reach the packet when it is sent. */
  public SubBuffer payload() {
    return ip.payload().sub(UdpLayout.HEADER_BYTES, ip.payload().size() - fixedBytes());
  }

  private int fixedBytes() {
    return UdpLayout.HEADER_BYTES + surplus;
  }

  /** Returns the array that holds the data; edits of {@link #payload} are in it. */
  public byte[] payloadArray() {
    ip.commit();
    return ip.payloadArray();
  }

  /** Returns where the data starts in {@link #payloadArray}. */
  public int payloadOffset() {
    return ip.payloadOffset() + UdpLayout.HEADER_BYTES;
  }

  /** Returns how many bytes of data there are. */
  public int payloadLength() {
    return ip.payloadLength() - fixedBytes();
  }

  /** Returns how many more bytes of data were on the wire and cut off by the capture. */
  public int missingLength() {
    return ip.missingLength();
  }

  /** Makes {@code data} the payload, which is copied. */
  public void setPayload(byte[] data) {
    ip.commit();
    byte[] whole = new byte[fixedBytes() + data.length];
    int start = ip.payloadOffset();
    System.arraycopy(ip.payloadArray(), start, whole, 0, UdpLayout.HEADER_BYTES);
    System.arraycopy(data, 0, whole, UdpLayout.HEADER_BYTES, data.length);
    System.arraycopy(
        ip.payloadArray(),
        start + ip.payloadLength() - surplus,
        whole,
        whole.length - surplus,
        surplus);
    ip.writePayload();
    ip.replacePayload(whole, 0, whole.length);
    modified = true;
  }

  /**
   * Tells whether the checksum is right. Over IPv4 a packet may do without one; over IPv6 it may
   * not (RFC 8200 section 8.1).
   */
  @Override
  public boolean verifyChecksum() {
    ip.commit();
    if (checksum() == 0) {
      return !ip.isIpv6();
    }
    return computed() == 0;
  }

  private int computed() {
    int covered = ip.payloadLength() - surplus;
    return InternetChecksum.finish(
        InternetChecksum.combine(
            ip.pseudoHeaderSum(UdpLayout.PROTOCOL, covered),
            InternetChecksum.sum(ip.payloadArray(), ip.payloadOffset(), covered)));
  }

  /** Makes the checksum right; the sum 0 is sent as 65 535, for 0 says that there is none. */
  @Override
  public void computeChecksum() {
    ip.commit();
    setChecksum(0);
    int sum = computed();
    put(UdpLayout.CHECKSUM, sum == 0 ? 0xffff : sum);
  }

  /** Tells whether the header or the data was written since the packet was received. */
  public boolean isModified() {
    ip.commit();
    return modified || ip.isPayloadModified();
  }

  /** Makes length and checksum right when anything changed, also when they were set by hand. */
  void repair() {
    if (isModified()) {
      setLength(ip.payloadLength() - surplus);
      computeChecksum();
    } else if (ip.isPseudoHeaderModified() && checksum() != 0) {
      computeChecksum();
    }
  }

  /** Keeps this view and that of the IP packet for whoever calls this. */
  public UdpPacket retain() {
    retained = true;
    ip.retain();
    return this;
  }

  boolean isRetained() {
    return retained;
  }

  /** Shows the packet to the listeners of {@code send_packet} and lets it leave. */
  @Override
  public void send() {
    dissector.send(this);
  }

  /** Drops the packet. */
  public void drop(DropReason reason) {
    ip.drop(reason);
  }

  @Override
  public void inject() {
    repair();
    ip.inject();
  }
}
