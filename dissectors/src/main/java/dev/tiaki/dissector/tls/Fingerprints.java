package dev.tiaki.dissector.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fingerprints of hellos: JA3 and JA3S as Salesforce published them in 2017, JA4 as FoxIO did in
 * 2023. GREASE counts in none of them.
 */
final class Fingerprints {
  private static final String NONE = "000000000000";
  private static final int MAX_COUNT = 99;

  private Fingerprints() {}

  static String ja3Text(ClientHello hello) {
    return hello.legacyVersion()
        + ","
        + joined(Grease.without(hello.ciphers()))
        + ","
        + joined(Grease.without(hello.extensions()))
        + ","
        + joined(Grease.without(hello.groups()))
        + ","
        + joined(hello.pointFormats());
  }

  static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  static String md5(String text) {
    return HexFormat.of().formatHex(digest("MD5", text));
  }

  private static byte[] digest(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(ISO_8859_1));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm, e);
    }
  }

  static String ja4(ClientHello hello) {
    List<Integer> ciphers = Grease.without(hello.ciphers());
    List<Integer> extensions = Grease.without(hello.extensions());
    String start =
        "t%s%s%02d%02d%s"
            .formatted(
                version(hello.version()),
                extensions.contains(TlsExtensions.SERVER_NAME) ? 'd' : 'i',
                Math.min(ciphers.size(), MAX_COUNT),
                Math.min(extensions.size(), MAX_COUNT),
                protocol(hello.protocols()));
    return start + "_" + hash(sortedHex(ciphers)) + "_" + hash(extensionText(hello, extensions));
  }

  private static String extensionText(ClientHello hello, List<Integer> extensions) {
    String sorted =
        sortedHex(
            extensions.stream()
                .filter(
                    number -> number != TlsExtensions.SERVER_NAME && number != TlsExtensions.ALPN)
                .toList());
    List<Integer> signatures = Grease.without(hello.signatureAlgorithms());
    return sorted.isEmpty() || signatures.isEmpty() ? sorted : sorted + "_" + hex(signatures);
  }

  private static String version(int version) {
    return switch (version) {
      case 0x0304 -> "13";
      case 0x0303 -> "12";
      case 0x0302 -> "11";
      case 0x0301 -> "10";
      case 0x0300 -> "s3";
      case 0x0002 -> "s2";
      default -> "00";
    };
  }

  /** The first and last character of the first protocol; of its digits when they are no letters. */
  private static String protocol(List<String> protocols) {
    if (protocols.isEmpty() || protocols.getFirst().isEmpty()) {
      return "00";
    }
    String name = protocols.getFirst();
    if (!isPlain(name.charAt(0)) || !isPlain(name.charAt(name.length() - 1))) {
      name = HexFormat.of().formatHex(name.getBytes(ISO_8859_1));
    }
    return "" + name.charAt(0) + name.charAt(name.length() - 1);
  }

  private static boolean isPlain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static String sortedHex(List<Integer> numbers) {
    return hex(numbers.stream().sorted().toList());
  }

  private static String hex(List<Integer> numbers) {
    return numbers.stream().map("%04x"::formatted).collect(Collectors.joining(","));
  }

  private static String hash(String text) {
    return text.isEmpty()
        ? NONE
        : HexFormat.of().formatHex(digest("SHA-256", text)).substring(0, NONE.length());
  }
}
