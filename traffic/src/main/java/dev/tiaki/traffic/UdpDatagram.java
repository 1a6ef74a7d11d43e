package dev.tiaki.traffic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A UDP datagram, RFC 768. */
public final class UdpDatagram {
  private static final int CHECKSUM = 6;

  private final Endpoint source;
  private final Endpoint destination;
  private byte[] payload = {};
  private @Nullable Integer length;
  private @Nullable Integer checksum;

  private UdpDatagram(Endpoint source, Endpoint destination) {
    this.source = source;
    this.destination = destination;
  }

  /** Starts an empty datagram; ends are written as {@link Endpoint#of} reads them. */
  public static UdpDatagram between(String source, String destination) {
    return new UdpDatagram(Endpoint.of(source), Endpoint.of(destination));
  }

  /** Sets the data. */
  public UdpDatagram payload(byte[] bytes) {
    payload = bytes.clone();
    return this;
  }

  /** Sets the data, one octet for each character. */
  public UdpDatagram payload(String text) {
    return payload(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Lies about the length. */
  public UdpDatagram lengthField(int octets) {
    length = octets;
    return this;
  }

  /** Sets the checksum, right or wrong; 0 means that there is none. */
  public UdpDatagram checksum(int value) {
    checksum = value;
    return this;
  }

  /** Returns the datagram in an IP datagram of its addresses' family. */
  public IpDatagram toIp() {
    return IpDatagram.between(source.address(), destination.address())
        .protocol(17)
        .payload(bytes());
  }

  /** Returns the datagram's octets, header and data. */
  public byte[] bytes() {
    int total = 8 + payload.length;
    ByteBuffer out = ByteBuffer.allocate(total);
    out.putShort((short) source.port()).putShort((short) destination.port());
    out.putShort((short) (length != null ? length : total)).putShort((short) 0).put(payload);
    out.putShort(CHECKSUM, (short) (checksum != null ? checksum : correctChecksum(out.array())));
    return out.array();
  }

  private int correctChecksum(byte[] datagram) {
    byte[] from = source.address().getAddress();
    byte[] to = destination.address().getAddress();
    int sum = InternetChecksum.of(from, to, 17, datagram);
    return sum == 0 ? 0xffff : sum; // RFC 768: zero would mean that there is no checksum
  }
}
