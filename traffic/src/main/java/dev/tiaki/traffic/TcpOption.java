package dev.tiaki.traffic;

import java.nio.ByteBuffer;

/** One TCP option as it stands in the header: kind, length and data. */
public final class TcpOption {
  private final byte[] bytes;

  private TcpOption(byte[] bytes) {
    this.bytes = bytes;
  }

  /** End of the option list, RFC 9293 section 3.2. */
  public static TcpOption end() {
    return new TcpOption(new byte[] {0});
  }

  /** No operation, RFC 9293 section 3.2. */
  public static TcpOption nop() {
    return new TcpOption(new byte[] {1});
  }

  /** Maximum segment size in octets, RFC 9293 section 3.7.1. */
  public static TcpOption mss(int octets) {
    return of(2, ByteBuffer.allocate(2).putShort((short) octets).array());
  }

  /** Window scale, RFC 7323 section 2.2. */
  public static TcpOption windowScale(int shift) {
    return of(3, (byte) shift);
  }

  /** Selective acknowledgement permitted, RFC 2018 section 2. */
  public static TcpOption sackPermitted() {
    return of(4);
  }

  /** Selective acknowledgement, RFC 2018 section 3: left and right edges in turn, absolute. */
  public static TcpOption sack(int... edges) {
    ByteBuffer data = ByteBuffer.allocate(4 * edges.length);
    for (int edge : edges) {
      data.putInt(edge);
    }
    return of(5, data.array());
  }

  /** Timestamps, RFC 7323 section 3.2. */
  public static TcpOption timestamps(int value, int echoReply) {
    return of(8, ByteBuffer.allocate(8).putInt(value).putInt(echoReply).array());
  }

  /** Any option with a length octet, which is right. */
  public static TcpOption of(int kind, byte... data) {
    ByteBuffer bytes = ByteBuffer.allocate(2 + data.length);
    bytes.put((byte) kind).put((byte) (2 + data.length)).put(data);
    return new TcpOption(bytes.array());
  }

  /** Any octets in the place of an option. */
  public static TcpOption raw(byte... bytes) {
    return new TcpOption(bytes.clone());
  }

  byte[] bytes() {
    return bytes;
  }
}
