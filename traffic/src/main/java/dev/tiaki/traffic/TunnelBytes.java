package dev.tiaki.traffic;

import java.nio.ByteBuffer;

/** Headers of tunnels, to be put before the octets of an inner packet. */
public final class TunnelBytes {
  private TunnelBytes() {}

  /** GRE, RFC 2784, without options. */
  public static byte[] gre(int etherType, byte[] inner) {
    return ByteBuffer.allocate(4 + inner.length)
        .putShort(2, (short) etherType)
        .put(4, inner)
        .array();
  }

  /** GRE with a checksum. */
  public static byte[] greWithChecksum(int etherType, byte[] inner) {
    ByteBuffer out = ByteBuffer.allocate(8 + inner.length).putShort(0, (short) 0x8000);
    out.putShort(2, (short) etherType).put(8, inner);
    return out.putShort(4, (short) InternetChecksum.of(out.array())).array();
  }

  /** VXLAN, RFC 7348, around an Ethernet frame. */
  public static byte[] vxlan(int network, byte[] frame) {
    ByteBuffer out = ByteBuffer.allocate(8 + frame.length).put(0, (byte) 8);
    return out.putInt(4, network << 8).put(8, frame).array();
  }

  /** GENEVE, RFC 8926, with options of as many words. */
  public static byte[] geneve(int network, int optionWords, byte[] frame) {
    ByteBuffer out = ByteBuffer.allocate(8 + 4 * optionWords + frame.length);
    out.put(0, (byte) optionWords).putShort(2, (short) 0x6558).putInt(4, network << 8);
    return out.put(8 + 4 * optionWords, frame).array();
  }
}
