package dev.tiaki.traffic;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Records and handshake messages of TLS, RFC 8446 sections 4 and 5, put together by hand. */
public final class TlsBytes {
  private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
  private final int version;
  private int[] ciphers = {0x1301, 0xc02f};

  private TlsBytes(int version) {
    this.version = version;
  }

  /** Starts a hello of a client or a server with this version in the message itself. */
  public static TlsBytes hello(int version) {
    return new TlsBytes(version);
  }

  /** Sets the cipher suites; of a server's the first counts. */
  public TlsBytes ciphers(int... suites) {
    ciphers = suites.clone();
    return this;
  }

  /** Adds an extension. */
  public TlsBytes extension(int number, byte[] data) {
    extensions.writeBytes(numbers(number, data.length));
    extensions.writeBytes(data);
    return this;
  }

  /** Adds an extension whose data are numbers of two octets behind their length in two octets. */
  public TlsBytes list(int number, int... values) {
    return extension(number, behindLength(numbers(values)));
  }

  /** Adds the server's name. */
  public TlsBytes serverName(String name) {
    byte[] octets = name.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer entry = ByteBuffer.allocate(3 + octets.length);
    entry.put((byte) 0).putShort((short) octets.length).put(octets);
    return extension(0, behindLength(entry.array()));
  }

  /** Adds the protocols of ALPN. */
  public TlsBytes protocols(String... names) {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    for (String name : names) {
      list.write(name.length());
      list.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
    }
    return extension(16, behindLength(list.toByteArray()));
  }

  /** Adds the versions that a client offers. */
  public TlsBytes versions(int... offered) {
    byte[] list = numbers(offered);
    return extension(
        43, ByteBuffer.allocate(1 + list.length).put((byte) list.length).put(list).array());
  }

  /** Adds the version that a server chose. */
  public TlsBytes chosen(int chosen) {
    return extension(43, numbers(chosen));
  }

  /** Returns the client's hello as a handshake message. */
  public byte[] ofClient() {
    ByteArrayOutputStream body = start(new byte[32]);
    body.writeBytes(behindLength(numbers(ciphers)));
    body.write(1);
    body.write(0);
    return message(1, end(body));
  }

  /** Returns the server's hello as a handshake message. */
  public byte[] ofServer() {
    return ofServer(new byte[32]);
  }

  /** Returns the server's hello with these 32 octets as its random number. */
  public byte[] ofServer(byte[] random) {
    ByteArrayOutputStream body = start(random);
    body.writeBytes(numbers(ciphers[0]));
    body.write(0);
    return message(2, end(body));
  }

  private ByteArrayOutputStream start(byte[] random) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(numbers(version));
    body.writeBytes(random);
    body.write(0);
    return body;
  }

  private byte[] end(ByteArrayOutputStream body) {
    if (extensions.size() > 0) {
      body.writeBytes(behindLength(extensions.toByteArray()));
    }
    return body.toByteArray();
  }

  /** Returns a message with certificates, which may be any octets. */
  public static byte[] certificates(byte[]... certificates) {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    for (byte[] certificate : certificates) {
      list.write(0);
      list.writeBytes(numbers(certificate.length));
      list.writeBytes(certificate);
    }
    ByteBuffer body = ByteBuffer.allocate(3 + list.size());
    return message(
        11, body.put((byte) 0).putShort((short) list.size()).put(list.toByteArray()).array());
  }

  /** Returns a handshake message. */
  public static byte[] message(int type, byte[] body) {
    ByteBuffer out = ByteBuffer.allocate(4 + body.length);
    return out.putInt(type << 24 | body.length).put(body).array();
  }

  /** Returns a record of a type: 20 change cipher, 21 alert, 22 handshake, 23 data. */
  public static byte[] record(int type, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(5 + data.length).put((byte) type).putShort((short) 0x0301);
    return out.putShort((short) data.length).put(data).array();
  }

  /** Returns handshake messages in records of at most {@code octets} each. */
  public static byte[] records(int octets, byte[] messages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < messages.length; at += octets) {
      out.writeBytes(
          record(22, Arrays.copyOfRange(messages, at, Math.min(messages.length, at + octets))));
    }
    return out.toByteArray();
  }

  private static byte[] numbers(int... numbers) {
    ByteBuffer out = ByteBuffer.allocate(2 * numbers.length);
    for (int number : numbers) {
      out.putShort((short) number);
    }
    return out.array();
  }

  private static byte[] behindLength(byte[] bytes) {
    return ByteBuffer.allocate(2 + bytes.length).putShort((short) bytes.length).put(bytes).array();
  }
}
