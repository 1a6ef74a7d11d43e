package dev.tiaki.traffic;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A DNS message, RFC 1035 section 4, put together octet by octet; names are not compressed. */
public final class DnsBytes {
  private final int id;
  private final int flags;
  private final int[] counts = new int[4];
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private DnsBytes(int id, int flags) {
    this.id = id;
    this.flags = flags;
  }

  /** Starts a query that wants recursion, for one record. */
  public static DnsBytes query(int id, String name, int type) {
    return new DnsBytes(id, 0x0100).question(name, type);
  }

  /** Starts a response without error to such a query. */
  public static DnsBytes response(int id, String name, int type) {
    return new DnsBytes(id, 0x8180).question(name, type);
  }

  /** Starts a message without questions. */
  public static DnsBytes message(int id, int flags) {
    return new DnsBytes(id, flags);
  }

  /** Adds a question of class IN. */
  public DnsBytes question(String name, int type) {
    counts[0]++;
    body.writeBytes(name(name));
    body.writeBytes(numbers(type, 1));
    return this;
  }

  /** Adds an answer of class IN for a minute, with data in hexadecimal digits. */
  public DnsBytes answer(String name, int type, String data) {
    return record(1, name, type, HexFormat.of().parseHex(data.replace(" ", "")));
  }

  /** Adds a record of class IN for a minute to a section, 1 to 3. */
  public DnsBytes record(int section, String name, int type, byte[] data) {
    counts[section]++;
    body.writeBytes(name(name));
    body.writeBytes(numbers(type, 1, 0, 60, data.length));
    body.writeBytes(data);
    return this;
  }

  /** Adds octets as they are. */
  public DnsBytes octets(int... octets) {
    for (int octet : octets) {
      body.write(octet);
    }
    return this;
  }

  /** Announces more entries of a section, 0 to 3, than there are. */
  public DnsBytes announce(int section, int count) {
    counts[section] = count;
    return this;
  }

  /** Returns a name's octets; {@code .} is the root. */
  public static byte[] name(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : name.equals(".") ? new String[0] : name.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
    }
    out.write(0);
    return out.toByteArray();
  }

  private static byte[] numbers(int... numbers) {
    ByteBuffer out = ByteBuffer.allocate(2 * numbers.length);
    for (int number : numbers) {
      out.putShort((short) number);
    }
    return out.array();
  }

  /** Returns the message. */
  public byte[] bytes() {
    byte[] header = numbers(id, flags, counts[0], counts[1], counts[2], counts[3]);
    return ByteBuffer.allocate(header.length + body.size())
        .put(header)
        .put(body.toByteArray())
        .array();
  }

  /** Returns the message behind its length, as it goes over TCP. */
  public byte[] framed() {
    byte[] message = bytes();
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }
}
