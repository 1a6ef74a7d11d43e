package dev.tiaki.dissector.tcpconnection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** Reads the TCP segment in an Ethernet frame whose IPv4 header has no options. */
final class SentFrame {
  /** Where the TCP header begins. */
  static final int HEADERS = 14 + 20;

  private SentFrame() {}

  static String payload(byte[] frame) {
    int header = (frame[HEADERS + 12] & 0xf0) >>> 2;
    int total = (frame[16] & 0xff) << 8 | (frame[17] & 0xff);
    return new String(Arrays.copyOfRange(frame, HEADERS + header, 14 + total), ISO_8859_1);
  }

  static int flags(byte[] frame) {
    return frame[HEADERS + 13] & 0xff;
  }

  static int sequence(byte[] frame) {
    return intAt(frame, HEADERS + 4);
  }

  static int acknowledgment(byte[] frame) {
    return intAt(frame, HEADERS + 8);
  }

  static int intAt(byte[] frame, int at) {
    return (frame[at] & 0xff) << 24
        | (frame[at + 1] & 0xff) << 16
        | (frame[at + 2] & 0xff) << 8
        | (frame[at + 3] & 0xff);
  }
}
