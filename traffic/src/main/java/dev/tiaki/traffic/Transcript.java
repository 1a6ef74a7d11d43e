package dev.tiaki.traffic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Frames as one line of text each, for tests that compare what came out with what was meant.
 *
 * <p>A TCP segment reads {@code 1234 > 80 PA seq 1001 ack 5001 "GET /"}; anything else by its
 * protocol number and length. Fragments and extension headers are not looked into.
 */
public final class Transcript {
  private static final String FLAG_LETTERS = "FSRPAUEC";

  private Transcript() {}

  /** Returns one line for each frame. */
  public static List<String> of(List<Frame> frames) {
    return frames.stream().map(frame -> line(frame.network())).toList();
  }

  /** Returns the line for one IP datagram. */
  public static String line(byte[] datagram) {
    ByteBuffer bytes = ByteBuffer.wrap(datagram);
    boolean version4 = datagram[0] >>> 4 == 4;
    int protocol = bytes.get(version4 ? 9 : 6) & 0xff;
    int headerBytes = version4 ? (datagram[0] & 15) * 4 : 40;
    boolean laterFragment = version4 && (bytes.getShort(6) & 0x1fff) != 0;
    return protocol == 6 && !laterFragment
        ? segment(bytes.position(headerBytes).slice())
        : "protocol " + protocol + " " + (datagram.length - headerBytes) + " bytes";
  }

  private static String segment(ByteBuffer tcp) {
    int flags = tcp.get(13);
    int ack = tcp.getInt(8);
    String data = text(tcp.position((tcp.get(12) >>> 4 & 15) * 4).slice());
    return "%d > %d %s seq %s%s%s"
        .formatted(
            tcp.getShort(0) & 0xffff,
            tcp.getShort(2) & 0xffff,
            letters(flags),
            Integer.toUnsignedString(tcp.getInt(4)),
            (flags & 16) != 0 ? " ack " + Integer.toUnsignedString(ack) : "",
            data.isEmpty() ? "" : " \"" + data + "\"");
  }

  private static String letters(int flags) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 8; bit++) {
      if ((flags >> bit & 1) != 0) {
        text.append(FLAG_LETTERS.charAt(bit));
      }
    }
    return text.toString();
  }

  private static String text(ByteBuffer data) {
    return StandardCharsets.ISO_8859_1.decode(data).toString();
  }
}
