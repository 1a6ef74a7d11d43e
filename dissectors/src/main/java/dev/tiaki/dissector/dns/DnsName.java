package dev.tiaki.dissector.dns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A domain name: at most 127 labels of 1 to 63 octets, 255 octets in all with their lengths and the
 * root's (RFC 1035 section 2.3.4). Upper and lower case are kept and told apart.
 */
public final class DnsName {
  /** The most octets that a name has on the wire. */
  static final int MAX_BYTES = 255;

  private static final int MAX_LABEL_BYTES = 63;

  /** The name without labels. */
  public static final DnsName ROOT = new DnsName(new byte[1]);

  private final byte[] wire;

  private DnsName(byte[] wire) {
    this.wire = wire;
  }

  /** Returns the name that stands uncompressed in the first {@code length} octets. */
  static DnsName ofWire(byte[] bytes, int length) {
    return new DnsName(Arrays.copyOf(bytes, length));
  }

  /**
   * Reads a name as people write it: labels with dots between them, a dot at the end or not, {@code
   * \.} and {@code \DDD} for octets that mean something else (RFC 1035 section 5.1). Each character
   * is one octet.
   *
   * @throws IllegalArgumentException when a label or the name is too long, or a label is empty
   */
  public static DnsName parse(String text) {
    if (text.equals(".") || text.isEmpty()) {
      return ROOT;
    }
    ByteArrayOutputStream wire = new ByteArrayOutputStream(text.length() + 2);
    ByteArrayOutputStream label = new ByteArrayOutputStream(MAX_LABEL_BYTES);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        endLabel(label, wire, text);
      } else if (c != '\\') {
        label.write(c);
      } else if (i + 3 < text.length() && Character.isDigit(text.charAt(i + 1))) {
        label.write(Integer.parseInt(text.substring(i + 1, i + 4)));
        i += 3;
      } else if (i + 1 < text.length()) {
        label.write(text.charAt(++i));
      }
    }
    if (label.size() > 0) {
      endLabel(label, wire, text);
    }
    wire.write(0);
    if (wire.size() > MAX_BYTES) {
      throw new IllegalArgumentException("invalid domain name: longer than 255 bytes");
    }
    return new DnsName(wire.toByteArray());
  }

  private static void endLabel(
      ByteArrayOutputStream label, ByteArrayOutputStream wire, String text) {
    if (label.size() == 0 || label.size() > MAX_LABEL_BYTES) {
      throw new IllegalArgumentException("invalid domain name '" + text + "'");
    }
    wire.write(label.size());
    wire.writeBytes(label.toByteArray());
    label.reset();
  }

  /** Returns the octets that the name takes when it is not compressed. */
  byte[] wire() {
    return wire;
  }

  /** Returns the labels from the octet {@code start} of the wire form on, one octet a character. */
  String suffix(int start) {
    return new String(wire, start, wire.length - start, StandardCharsets.ISO_8859_1);
  }

  /** Returns the number of labels, 0 for the root. */
  public int labels() {
    int count = 0;
    for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
      count++;
    }
    return count;
  }

  /** Returns the name with a dot at the end, as {@link #parse} reads it; the root is one dot. */
  @Override
  public String toString() {
    if (wire.length == 1) {
      return ".";
    }
    StringBuilder text = new StringBuilder(wire.length);
    for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
      for (int i = 1; i <= wire[at]; i++) {
        append(text, wire[at + i] & 0xff);
      }
      text.append('.');
    }
    return text.toString();
  }

  private static void append(StringBuilder text, int octet) {
    if (octet == '.' || octet == '\\') {
      text.append('\\').append((char) octet);
    } else if (octet > ' ' && octet < 0x7f) {
      text.append((char) octet);
    } else {
      text.append('\\').append((char) ('0' + octet / 100));
      text.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DnsName name && Arrays.equals(wire, name.wire);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(wire);
  }
}
