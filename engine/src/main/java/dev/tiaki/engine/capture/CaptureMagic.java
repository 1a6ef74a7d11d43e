package dev.tiaki.engine.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the first bytes of a file say about it, and what to tell somebody who gave another file. */
final class CaptureMagic {
  /** The two container formats. */
  enum Format {
    PCAP,
    PCAPNG
  }

  /** Magic numbers as they read in little-endian order. */
  static final int MICROSECONDS = 0xa1b2c3d4;

  static final int NANOSECONDS = 0xa1b23c4d;

  /** libpcap with patches of the 1990s: 8 more bytes in each record's header. */
  static final int MODIFIED = 0xa1b2cd34;

  static final int SECTION_HEADER = 0x0a0d0d0a;

  /** Beginnings of files that people take for captures, and how to make captures of them. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "(\u00b5/\u00fd", "compressed with zstd; decompress it first: zstd -d",
          "\u00fd7zX", "compressed with xz; decompress it first: xz -d",
          "BZh", "compressed with bzip2; decompress it first: bzip2 -d",
          "\u0004\"M\u0018", "compressed with lz4; decompress it first: lz4 -d",
          "PK\u0003\u0004", "a zip archive; unpack it first",
          "snoo", "a snoop capture; convert it first: editcap -F pcap",
          "RTSS", "a NetMon capture; convert it first: editcap -F pcap",
          "GMBU", "a NetMon capture; convert it first: editcap -F pcap");

  private CaptureMagic() {}

  static boolean isGzip(byte[] first) {
    return first.length >= 2 && first[0] == 0x1f && first[1] == (byte) 0x8b;
  }

  /** Tells whether a magic number, in either byte order, begins a capture. */
  static boolean isCapture(int magic) {
    return magic == SECTION_HEADER || isPcap(magic) || isPcap(Integer.reverseBytes(magic));
  }

  /** Tells whether the first bytes of a file begin a capture. */
  static boolean isCapture(byte[] first) {
    return first.length >= 4 && isCapture(ByteBuffer.wrap(first).getInt());
  }

  static boolean isPcap(int magic) {
    return magic == MICROSECONDS || magic == NANOSECONDS || magic == MODIFIED;
  }

  /** Tells the format of a file from its first bytes, which are not taken. */
  static Format formatOf(CaptureBytes bytes, String name) throws CaptureFormatException {
    if (!bytes.has(1)) {
      throw bytes.failure() != null ? undecompressed(name) : empty(name);
    }
    boolean whole = bytes.has(4);
    if (!whole || !isCapture(bytes.i32(0))) {
      byte[] first = new byte[(int) Math.min(512, bytes.has(512) ? 512 : bytes.available())];
      bytes.copy(0, first, first.length);
      throw new CaptureFormatException(name, 0, whatItIs(first));
    }
    return bytes.i32(0) == SECTION_HEADER ? Format.PCAPNG : Format.PCAP;
  }

  static CaptureFormatException empty(String name) {
    return new CaptureFormatException(name, 0, "the file is empty; it should be a capture");
  }

  private static CaptureFormatException undecompressed(String name) {
    return new CaptureFormatException(
        name, 0, "broken at byte 0: it cannot be decompressed; copy the capture again");
  }

  private static String whatItIs(byte[] first) {
    String known = knownFormat(first);
    if (known != null) {
      return "not a capture but " + known;
    }
    String kind = isText(first) ? "a text file" : "a file of another kind";
    return "not a capture but " + kind + "; give a pcap or pcapng file, plain or gzipped";
  }

  private static @Nullable String knownFormat(byte[] first) {
    String text = new String(first, StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (text.startsWith(other.getKey())) {
        return other.getValue();
      }
    }
    return null;
  }

  private static boolean isText(byte[] first) {
    for (byte octet : first) {
      boolean control = octet >= 0 && octet < 0x20;
      boolean space = octet >= '\t' && octet <= '\r';
      if (control && !space) {
        return false;
      }
    }
    return true;
  }
}
