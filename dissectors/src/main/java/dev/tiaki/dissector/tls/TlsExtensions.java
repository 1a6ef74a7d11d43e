package dev.tiaki.dissector.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the extensions of a hello say that is of use here; numbers are those of IANA's registry. */
final class TlsExtensions {
  static final int SERVER_NAME = 0;
  static final int ALPN = 16;
  private static final int GROUPS = 10;
  private static final int POINT_FORMATS = 11;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int SUPPORTED_VERSIONS = 43;

  /** RFC 9849: the encrypted client hello. */
  private static final int ENCRYPTED_HELLO = 0xfe0d;

  final List<Integer> numbers = new ArrayList<>();
  @Nullable String serverName;
  List<String> protocols = List.of();
  List<Integer> groups = List.of();
  List<Integer> pointFormats = List.of();
  List<Integer> signatureAlgorithms = List.of();
  List<Integer> versions = List.of();
  boolean encrypted;

  private TlsExtensions() {}

  /** Reads the extensions that are left; there may be none at all. */
  static TlsExtensions read(TlsReader hello, boolean ofClient) {
    TlsExtensions found = new TlsExtensions();
    if (hello.isAtEnd()) {
      return found;
    }
    TlsReader all = hello.part(hello.u16());
    while (!all.isAtEnd()) {
      int number = all.u16();
      found.numbers.add(number);
      found.read(number, all.part(all.u16()), ofClient);
    }
    return found;
  }

  private void read(int number, TlsReader data, boolean ofClient) {
    switch (number) {
      case SERVER_NAME -> {
        if (ofClient && !data.isAtEnd()) {
          serverName = serverName(data.part(data.u16()));
        }
      }
      case ALPN -> protocols = protocols(data.part(data.u16()));
      case GROUPS -> groups = data.part(data.u16()).numbers();
      case POINT_FORMATS -> pointFormats = octets(data.part(data.u8()));
      case SIGNATURE_ALGORITHMS -> signatureAlgorithms = data.part(data.u16()).numbers();
      case SUPPORTED_VERSIONS ->
          versions = ofClient ? data.part(data.u8()).numbers() : List.of(data.u16());
      case ENCRYPTED_HELLO -> encrypted = true;
      default -> {}
    }
  }

  /** RFC 6066 section 3: the first name that is a host's. */
  private static @Nullable String serverName(TlsReader names) {
    while (!names.isAtEnd()) {
      int type = names.u8();
      byte[] name = names.bytes(names.u16());
      if (type == 0) {
        return new String(name, ISO_8859_1);
      }
    }
    return null;
  }

  private static List<String> protocols(TlsReader names) {
    List<String> found = new ArrayList<>();
    while (!names.isAtEnd()) {
      found.add(new String(names.bytes(names.u8()), ISO_8859_1));
    }
    return List.copyOf(found);
  }

  private static List<Integer> octets(TlsReader data) {
    List<Integer> found = new ArrayList<>();
    while (!data.isAtEnd()) {
      found.add(data.u8());
    }
    return List.copyOf(found);
  }
}
