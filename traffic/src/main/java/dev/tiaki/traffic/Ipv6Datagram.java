package dev.tiaki.traffic;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An IPv6 datagram, RFC 8200, with extension headers. */
public final class Ipv6Datagram extends IpDatagram {
  /** Next header: hop-by-hop options, RFC 8200 section 4.3. */
  public static final int HOP_BY_HOP = 0;

  /** Next header: routing, RFC 8200 section 4.4. */
  public static final int ROUTING = 43;

  /** Next header: fragment, RFC 8200 section 4.5. */
  public static final int FRAGMENT = 44;

  /** Next header: destination options, RFC 8200 section 4.6. */
  public static final int DESTINATION_OPTIONS = 60;

  @SuppressWarnings("ArrayRecordComponent") // private, never compared
  private record Extension(int number, byte[] bytes) {}

  private final List<Extension> extensions = new ArrayList<>();
  private int version = 6;
  private int flowLabel;
  private int identification;

  Ipv6Datagram(InetAddress source, InetAddress destination) {
    super(source, destination);
  }

  /** Starts an empty datagram between two literal IPv6 addresses. */
  public static Ipv6Datagram from(String source, String destination) {
    return new Ipv6Datagram(InetAddress.ofLiteral(source), InetAddress.ofLiteral(destination));
  }

  @Override
  public Ipv6Datagram identification(int value) {
    identification = value;
    return this;
  }

  /** Lies about the version. */
  public Ipv6Datagram version(int value) {
    version = value;
    return this;
  }

  /** Sets the flow label, 20 bits. */
  public Ipv6Datagram flowLabel(int value) {
    flowLabel = value;
    return this;
  }

  /**
   * Adds an extension header with a length field, such as {@link #HOP_BY_HOP}: {@code data} is what
   * follows the first two octets and is padded with zeros (Pad1 options) to a multiple of 8.
   */
  public Ipv6Datagram extension(int number, byte... data) {
    byte[] header = new byte[(data.length + 2 + 7) / 8 * 8];
    header[1] = (byte) (header.length / 8 - 1);
    System.arraycopy(data, 0, header, 2, data.length);
    return rawExtension(number, header);
  }

  /** Adds a fragment header; {@code offset} in octets, a multiple of 8. */
  public Ipv6Datagram fragment(int offset, boolean more) {
    if (offset % 8 != 0) {
      throw new IllegalArgumentException("offset=" + offset);
    }
    byte[] header =
        ByteBuffer.allocate(8)
            .putShort((short) 0)
            .putShort((short) (offset | (more ? 1 : 0)))
            .putInt(identification)
            .array();
    return rawExtension(FRAGMENT, header);
  }

  /** Adds an extension header as it is; its first octet becomes the next header's number. */
  public Ipv6Datagram rawExtension(int number, byte... header) {
    extensions.add(new Extension(number, header.clone()));
    return this;
  }

  @Override
  public byte[] bytes() {
    int extensionBytes = extensions.stream().mapToInt(e -> e.bytes.length).sum();
    int rest = extensionBytes + payload.length;
    ByteBuffer out = ByteBuffer.allocate(40 + rest);
    out.putInt(version << 28 | trafficClass << 20 | flowLabel);
    out.putShort((short) (length != null ? length : rest));
    out.put((byte) next(0)).put((byte) hopLimit);
    out.put(source.getAddress()).put(destination.getAddress());
    for (int i = 0; i < extensions.size(); i++) {
      int at = out.position();
      out.put(extensions.get(i).bytes).put(at, (byte) next(i + 1));
    }
    return out.put(payload).array();
  }

  private int next(int index) {
    return index < extensions.size() ? extensions.get(index).number : protocol;
  }
}
