package dev.tiaki.traffic;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An ICMP (RFC 792) or ICMPv6 (RFC 4443) message, by the family of its addresses. */
public final class IcmpMessage {
  private static final int CHECKSUM = 2;

  private final InetAddress source;
  private final InetAddress destination;
  private final boolean version6;
  private int type;
  private int code;
  private int rest;
  private byte[] payload = {};
  private @Nullable Integer checksum;

  private IcmpMessage(InetAddress source, InetAddress destination) {
    this.source = source;
    this.destination = destination;
    this.version6 = source.getAddress().length == 16;
  }

  /** Starts an empty message between two literal addresses. */
  public static IcmpMessage between(String source, String destination) {
    return new IcmpMessage(InetAddress.ofLiteral(source), InetAddress.ofLiteral(destination));
  }

  /** Makes it an echo request. */
  public IcmpMessage echo(int identifier, int sequence) {
    return type(version6 ? 128 : 8, 0).rest(identifier << 16 | sequence);
  }

  /** Makes it an echo reply. */
  public IcmpMessage echoReply(int identifier, int sequence) {
    return type(version6 ? 129 : 0, 0).rest(identifier << 16 | sequence);
  }

  /** Makes it "port unreachable" about the datagram that is quoted, its first 128 octets. */
  public IcmpMessage portUnreachable(IpDatagram about) {
    byte[] quoted = about.bytes();
    byte[] head = Arrays.copyOf(quoted, Math.min(quoted.length, 128));
    return (version6 ? type(1, 4) : type(3, 3)).payload(head);
  }

  /** Sets type and code. */
  public IcmpMessage type(int newType, int newCode) {
    type = newType;
    code = newCode;
    return this;
  }

  /** Sets the second word of the header. */
  public IcmpMessage rest(int word) {
    rest = word;
    return this;
  }

  /** Sets what follows the header. */
  public IcmpMessage payload(byte[] bytes) {
    payload = bytes.clone();
    return this;
  }

  /** Sets the checksum, right or wrong. */
  public IcmpMessage checksum(int value) {
    checksum = value;
    return this;
  }

  /** Returns the message in an IP datagram of its addresses' family. */
  public IpDatagram toIp() {
    return IpDatagram.between(source, destination).protocol(version6 ? 58 : 1).payload(bytes());
  }

  /** Returns the message's octets. */
  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(8 + payload.length);
    out.put((byte) type).put((byte) code).putShort((short) 0).putInt(rest).put(payload);
    out.putShort(CHECKSUM, (short) (checksum != null ? checksum : correctChecksum(out.array())));
    return out.array();
  }

  private int correctChecksum(byte[] message) {
    return version6
        ? InternetChecksum.of(source.getAddress(), destination.getAddress(), 58, message)
        : InternetChecksum.of(message);
  }
}
