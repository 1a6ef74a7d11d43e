package dev.tiaki.traffic;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TCP segment, RFC 9293 section 3.1, with every field settable. */
public final class TcpSegment {
  private static final String FLAG_LETTERS = "FSRPAUEC";
  private static final int CHECKSUM = 16;

  private final Endpoint source;
  private final Endpoint destination;
  private final List<TcpOption> options = new ArrayList<>();
  private int seq;
  private int ack;
  private int flags;
  private int reserved;
  private int window = 65535;
  private int urgentPointer;
  private byte[] payload = {};
  private @Nullable Integer headerWords;
  private @Nullable Integer checksum;

  private TcpSegment(Endpoint source, Endpoint destination) {
    this.source = source;
    this.destination = destination;
  }

  /** Starts a segment without flags. */
  public static TcpSegment between(Endpoint source, Endpoint destination) {
    return new TcpSegment(source, destination);
  }

  /** Starts a segment without flags; ends are written as {@link Endpoint#of} reads them. */
  public static TcpSegment between(String source, String destination) {
    return between(Endpoint.of(source), Endpoint.of(destination));
  }

  /** Sets the sequence number. */
  public TcpSegment seq(int value) {
    seq = value;
    return this;
  }

  /** Sets the acknowledgement number and the ACK flag. */
  public TcpSegment ack(int value) {
    flags |= 0x10;
    return ackField(value);
  }

  /** Sets the acknowledgement number only. */
  public TcpSegment ackField(int value) {
    ack = value;
    return this;
  }

  /**
   * Sets exactly these flags: F for FIN, S for SYN, R for RST, P for PSH, A for ACK, U for URG, E
   * for ECE, C for CWR.
   */
  public TcpSegment flags(String letters) {
    flags = 0;
    for (int i = 0; i < letters.length(); i++) {
      int bit = FLAG_LETTERS.indexOf(letters.charAt(i));
      if (bit < 0) {
        throw new IllegalArgumentException("flags=" + letters);
      }
      flags |= 1 << bit;
    }
    return this;
  }

  /** Sets the four reserved bits. */
  public TcpSegment reserved(int bits) {
    reserved = bits;
    return this;
  }

  /** Sets the window field; 65535 unless set. */
  public TcpSegment window(int value) {
    window = value;
    return this;
  }

  /** Sets the urgent pointer and the URG flag. */
  public TcpSegment urgent(int pointer) {
    flags |= 0x20;
    urgentPointer = pointer;
    return this;
  }

  /** Adds options; the header is padded with zeros to a word. */
  public TcpSegment option(TcpOption... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Takes all options away. */
  public TcpSegment noOptions() {
    options.clear();
    return this;
  }

  /** Sets the data. */
  public TcpSegment payload(byte[] bytes) {
    payload = bytes.clone();
    return this;
  }

  /** Sets the data, one octet for each character. */
  public TcpSegment payload(String text) {
    return payload(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Lies about the data offset, in words of 4 octets. */
  public TcpSegment dataOffsetField(int words) {
    headerWords = words;
    return this;
  }

  /** Sets the checksum, right or wrong. */
  public TcpSegment checksum(int value) {
    checksum = value;
    return this;
  }

  /** Returns the segment's octets, header and data. */
  public byte[] bytes() {
    byte[] optionBytes = optionBytes();
    int headerBytes = 20 + optionBytes.length;
    ByteBuffer out = ByteBuffer.allocate(headerBytes + payload.length);
    out.putShort((short) source.port()).putShort((short) destination.port());
    out.putInt(seq).putInt(ack);
    int words = headerWords != null ? headerWords : headerBytes / 4;
    out.put((byte) (words << 4 | reserved)).put((byte) flags);
    out.putShort((short) window).putShort((short) 0).putShort((short) urgentPointer);
    out.put(optionBytes).put(payload);
    out.putShort(CHECKSUM, (short) (checksum != null ? checksum : correctChecksum(out.array())));
    return out.array();
  }

  /** Returns the segment in an IP datagram of its addresses' family. */
  public IpDatagram toIp() {
    return IpDatagram.between(source.address(), destination.address()).protocol(6).payload(bytes());
  }

  /** Returns the segment in an IPv4 datagram, whose own fields can be set then. */
  public Ipv4Datagram toIpv4() {
    return (Ipv4Datagram) toIp();
  }

  /** Returns the segment in an IPv6 datagram, whose own fields can be set then. */
  public Ipv6Datagram toIpv6() {
    return (Ipv6Datagram) toIp();
  }

  int seqField() {
    return seq;
  }

  boolean hasSyn() {
    return (flags & 2) != 0;
  }

  boolean hasFin() {
    return (flags & 1) != 0;
  }

  int payloadBytes() {
    return payload.length;
  }

  private int correctChecksum(byte[] segment) {
    byte[] from = source.address().getAddress();
    byte[] to = destination.address().getAddress();
    return InternetChecksum.of(from, to, 6, segment);
  }

  private byte[] optionBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    options.forEach(option -> out.writeBytes(option.bytes()));
    while (out.size() % 4 != 0) {
      out.write(0);
    }
    return out.toByteArray();
  }
}
