package dev.tiaki.dissector.icmp;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ip.TransportPacket;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;

/**
 * An ICMP message, RFC 792 or RFC 4443.
 *
 * <pre>
 * |     Type      |     Code      |          Checksum             |
 * |                     depends on the type                       |
 * </pre>
 *
 * A view that is used again for the next packet unless it is kept with {@link #retain}. The
 * checksum is made right on the way out when anything in the message was changed.
 */
public final class IcmpPacket implements TransportPacket {
  /** The number of bytes that every message has. */
  static final int HEADER_BYTES = 8;

  /** Where the part begins that rules see as the payload. */
  static final int PAYLOAD = 4;

  private static final int TYPE = 0;
  private static final int CODE = 1;
  private static final int CHECKSUM = 2;

  private final IcmpDissector dissector;
  private IpPacket ip;
  private boolean modified;
  private boolean retained;

  IcmpPacket(IcmpDissector dissector, IpPacket ip) {
    this.dissector = dissector;
    this.ip = ip;
  }

  void lay(IpPacket over) {
    ip = over;
    modified = false;
  }

  @Override
  public IpPacket ip() {
    return ip;
  }

  /** Returns the frame, the first one of a reassembled message. */
  public Packet packet() {
    return ip.packet();
  }

  private int byteAt(int field) {
    return ip.payloadArray()[ip.payloadOffset() + field] & 0xff;
  }

  private void setByte(int field, int value) {
    ip.writePayload();
    modified = true;
    ip.payloadArray()[ip.payloadOffset() + field] = (byte) value;
  }

  /** Returns the type, 0 to 255. */
  public int type() {
    return byteAt(TYPE);
  }

  /** Sets the type; the low 8 bits count. */
  public void setType(int type) {
    setByte(TYPE, type);
  }

  /** Returns the code, 0 to 255. */
  public int code() {
    return byteAt(CODE);
  }

  /** Sets the code; the low 8 bits count. */
  public void setCode(int code) {
    setByte(CODE, code);
  }

  /** Returns the checksum, 0 to 65 535. */
  public int checksum() {
    return byteAt(CHECKSUM) << 8 | byteAt(CHECKSUM + 1);
  }

  /** Sets the checksum; it is computed anew when the packet is sent. */
  public void setChecksum(int checksum) {
    setByte(CHECKSUM, checksum >> 8);
    setByte(CHECKSUM + 1, checksum);
  }

  /** Returns everything behind the checksum; edits there reach the packet when it is sent. */
  public SubBuffer payload() {
    return ip.payload().sub(PAYLOAD, -1);
  }

  /** Tells whether the checksum over the whole message is right. */
  @Override
  public boolean verifyChecksum() {
    ip.commit();
    return computed() == 0;
  }

  private int computed() {
    int length = ip.payloadLength();
    long sum = InternetChecksum.sum(ip.payloadArray(), ip.payloadOffset(), length);
    IcmpFamily family = dissector.family();
    return InternetChecksum.finish(
        family.hasPseudoHeader()
            ? InternetChecksum.combine(ip.pseudoHeaderSum(family.protocol(), length), sum)
            : sum);
  }

  /** Returns what the message says, read anew from its bytes. */
  public IcmpMessage message() {
    ip.commit();
    int at = ip.payloadOffset();
    return IcmpMessage.read(dissector.family(), ip.payloadArray(), at, at + ip.payloadLength());
  }

  @Override
  public void computeChecksum() {
    ip.commit();
    setChecksum(0);
    setChecksum(computed());
  }

  boolean isModified() {
    ip.commit();
    return modified || ip.isPayloadModified();
  }

  /** Keeps this view and that of the IP packet for whoever calls this. */
  public IcmpPacket retain() {
    retained = true;
    ip.retain();
    return this;
  }

  boolean isRetained() {
    return retained;
  }

  @Override
  public void send() {
    dissector.send(this);
  }

  /** Drops the message. */
  public void drop(DropReason reason) {
    ip.drop(reason);
  }

  @Override
  public void inject() {
    dissector.inject(this);
  }
}
