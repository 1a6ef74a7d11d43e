package dev.tiaki.traffic;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An IPv4 datagram, RFC 791, with every field settable. */
public final class Ipv4Datagram extends IpDatagram {
  private static final int CHECKSUM = 10;

  private int version = 4;
  private @Nullable Integer headerWords;
  private int identification;
  private int flags;
  private int fragmentOffset;
  private byte[] options = {};
  private @Nullable Integer checksum;

  Ipv4Datagram(InetAddress source, InetAddress destination) {
    super(source, destination);
  }

  /** Starts an empty datagram between two literal IPv4 addresses. */
  public static Ipv4Datagram from(String source, String destination) {
    return new Ipv4Datagram(InetAddress.ofLiteral(source), InetAddress.ofLiteral(destination));
  }

  @Override
  public Ipv4Datagram identification(int value) {
    identification = value;
    return this;
  }

  /** Lies about the version. */
  public Ipv4Datagram version(int value) {
    version = value;
    return this;
  }

  /** Lies about the header length, in words of 4 octets. */
  public Ipv4Datagram headerLengthField(int words) {
    headerWords = words;
    return this;
  }

  /** Sets the bit that forbids fragments. */
  public Ipv4Datagram dontFragment() {
    flags |= 0x4000;
    return this;
  }

  /** Sets the bit that announces more fragments. */
  public Ipv4Datagram moreFragments() {
    flags |= 0x2000;
    return this;
  }

  /** Sets the reserved bit. */
  public Ipv4Datagram reservedBit() {
    flags |= 0x8000;
    return this;
  }

  /** Sets the fragment offset, in octets; a multiple of 8. */
  public Ipv4Datagram fragmentOffset(int octets) {
    if (octets % 8 != 0) {
      throw new IllegalArgumentException("fragmentOffset=" + octets);
    }
    fragmentOffset = octets / 8;
    return this;
  }

  /** Sets the options; they are padded with zeros to words of 4 octets. */
  public Ipv4Datagram options(byte... bytes) {
    options = new byte[(bytes.length + 3) / 4 * 4];
    System.arraycopy(bytes, 0, options, 0, bytes.length);
    return this;
  }

  /** Sets the header checksum, right or wrong. */
  public Ipv4Datagram checksum(int value) {
    checksum = value;
    return this;
  }

  @Override
  public byte[] bytes() {
    int headerBytes = 20 + options.length;
    int total = headerBytes + payload.length;
    ByteBuffer header = ByteBuffer.allocate(headerBytes);
    header.put((byte) (version << 4 | (headerWords != null ? headerWords : headerBytes / 4)));
    header.put((byte) trafficClass);
    header.putShort((short) (length != null ? length : total));
    header.putShort((short) identification);
    header.putShort((short) (flags | fragmentOffset));
    header.put((byte) hopLimit).put((byte) protocol).putShort((short) 0);
    header.put(source.getAddress()).put(destination.getAddress()).put(options);
    int sum = checksum != null ? checksum : InternetChecksum.of(header.array());
    header.putShort(CHECKSUM, (short) sum);
    return ByteBuffer.allocate(total).put(header.array()).put(payload).array();
  }
}
