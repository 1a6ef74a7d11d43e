package dev.tiaki.samples;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A TLS ClientHello with what RFC 8446 section 4.1.2 asks for and one extension: the server name.
 */
final class ClientHello {
  private ClientHello() {}

  static byte[] withServerName(String name) {
    byte[] extension = serverName(name);
    ByteArrayOutputStream hello = new ByteArrayOutputStream();
    put(hello, 0x0303, 2);
    hello.writeBytes(new byte[32]); // random
    put(hello, 0, 1); // no session id
    put(hello, 2, 2);
    put(hello, 0x1301, 2); // TLS_AES_128_GCM_SHA256
    put(hello, 1, 1);
    put(hello, 0, 1); // no compression
    put(hello, 8 + extension.length, 2);
    put(hello, 43, 2); // supported_versions, so that the server name is not the first
    put(hello, 4, 2);
    put(hello, 0x03030304, 4);
    hello.writeBytes(extension);
    return record(hello.toByteArray());
  }

  private static byte[] serverName(String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream extension = new ByteArrayOutputStream();
    put(extension, 0, 2);
    put(extension, text.length + 5, 2);
    put(extension, text.length + 3, 2);
    put(extension, 0, 1);
    put(extension, text.length, 2);
    extension.writeBytes(text);
    return extension.toByteArray();
  }

  private static byte[] record(byte[] hello) {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    put(record, 22, 1);
    put(record, 0x0301, 2);
    put(record, hello.length + 4, 2);
    put(record, 1, 1);
    put(record, hello.length, 3);
    record.writeBytes(hello);
    return record.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, int value, int octets) {
    for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
      out.write(value >>> shift);
    }
  }
}
