package dev.tiaki.traffic;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts whole IP datagrams into fragments. */
public final class Fragments {
  private Fragments() {}

  /**
   * Cuts a datagram into fragments that each carry {@code payloadBytes} octets, the last one what
   * is left. IPv4 by RFC 791 section 3.2; IPv6 by RFC 8200 section 4.5, the fragment header right
   * behind the fixed header.
   *
   * @param datagram a whole, right datagram
   * @param payloadBytes a positive multiple of 8
   * @param identification what the fragments have in common
   */
  public static List<byte[]> of(byte[] datagram, int payloadBytes, int identification) {
    if (payloadBytes <= 0 || payloadBytes % 8 != 0) {
      throw new IllegalArgumentException("payloadBytes=" + payloadBytes);
    }
    boolean version4 = datagram[0] >>> 4 == 4;
    int headerBytes = version4 ? (datagram[0] & 15) * 4 : 40;
    List<byte[]> fragments = new ArrayList<>();
    for (int at = headerBytes; at < datagram.length; at += payloadBytes) {
      byte[] header = Arrays.copyOf(datagram, headerBytes);
      byte[] part = Arrays.copyOfRange(datagram, at, Math.min(datagram.length, at + payloadBytes));
      boolean more = at + part.length < datagram.length;
      int offset = at - headerBytes;
      fragments.add(
          version4
              ? ipv4(header, part, offset, more, identification)
              : ipv6(header, part, offset, more, identification));
    }
    return fragments;
  }

  private static byte[] ipv4(byte[] header, byte[] part, int offset, boolean more, int id) {
    ByteBuffer fields = ByteBuffer.wrap(header);
    fields.putShort(2, (short) (header.length + part.length)).putShort(4, (short) id);
    fields.putShort(6, (short) (offset / 8 | (more ? 0x2000 : 0))).putShort(10, (short) 0);
    fields.putShort(10, (short) InternetChecksum.of(header));
    return ByteBuffer.allocate(header.length + part.length).put(header).put(part).array();
  }

  private static byte[] ipv6(byte[] header, byte[] part, int offset, boolean more, int id) {
    ByteBuffer out = ByteBuffer.allocate(48 + part.length).put(header);
    out.put(header[6]).put((byte) 0).putShort((short) (offset | (more ? 1 : 0))).putInt(id);
    out.put(part).putShort(4, (short) (8 + part.length)).put(6, (byte) Ipv6Datagram.FRAGMENT);
    return out.array();
  }
}
