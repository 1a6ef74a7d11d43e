package dev.tiaki.dissector.tcp;

/**
 * Byte layout of the TCP header, RFC 9293 section 3.1.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |          Source Port          |       Destination Port        |
 * |                        Sequence Number                        |
 * |                    Acknowledgment Number                      |
 * | Offset| Rsvd  |C E U A P R S F|            Window             |
 * |           Checksum            |         Urgent Pointer        |
 * |                    Options, padded to 32 bits                 |
 * </pre>
 *
 * All offsets in octets from the first octet of the header.
 */
public final class TcpLayout {
  /** TCP's number in an IP header. */
  public static final int PROTOCOL = 6;

  static final int SOURCE_PORT = 0;
  static final int DESTINATION_PORT = 2;
  static final int SEQUENCE = 4;
  static final int ACKNOWLEDGMENT = 8;
  static final int DATA_OFFSET = 12;
  static final int FLAGS = 13;
  static final int WINDOW = 14;
  static final int CHECKSUM = 16;
  static final int URGENT_POINTER = 18;

  /** The length of a header without options. */
  public static final int MIN_HEADER_BYTES = 20;

  /** The length of the longest header: 15 words of 32 bits. */
  public static final int MAX_HEADER_BYTES = 60;

  /** The sender has no more data. */
  public static final int FIN = 0x01;

  /** Sequence numbers are being synchronised. */
  public static final int SYN = 0x02;

  /** The connection is aborted. */
  public static final int RST = 0x04;

  /** Data is to be handed to the application. */
  public static final int PSH = 0x08;

  /** The acknowledgement number counts. */
  public static final int ACK = 0x10;

  /** The urgent pointer counts. */
  public static final int URG = 0x20;

  /** Congestion was experienced, RFC 3168. */
  public static final int ECE = 0x40;

  /** The congestion window was reduced, RFC 3168. */
  public static final int CWR = 0x80;

  private TcpLayout() {}
}
