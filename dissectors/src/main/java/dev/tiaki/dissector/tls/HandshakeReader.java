package dev.tiaki.dissector.tls;

import java.util.Arrays;

/**
 * Reads the records of one direction and puts handshake messages together, across records and
 * segments, until told to stop. It keeps the message that is not whole yet and nothing else.
 */
final class HandshakeReader {
  private static final int RECORD_HEADER_BYTES = 5;
  private static final int MESSAGE_HEADER_BYTES = 4;
  private static final int CHANGE_CIPHER = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int DATA = 23;
  private static final int HEARTBEAT = 24;

  /** RFC 5246 section 6.2.3: 2^14 octets, and 2048 that encryption and compression may add. */
  private static final int MAX_RECORD_BYTES = (1 << 14) + 2048;

  /** What is told about a direction. */
  interface Target {
    /** A handshake message is whole: {@code bytes[from .. to)} behind its type and length. */
    void message(int type, byte[] bytes, int from, int to);

    /** What follows is encrypted, as far as this side is concerned. */
    void changeCipher();

    /** The connection's own data has begun. */
    void data();

    /** This is not TLS, or not any more. */
    void broken(TlsFault fault);
  }

  private final Target target;
  private final int maxMessageBytes;
  private final byte[] header = new byte[RECORD_HEADER_BYTES];
  private int headerBytes;
  private int recordLeft;
  private byte[] message = {};
  private int messageBytes;
  private boolean stopped;
  private boolean any;

  HandshakeReader(Target target, int maxMessageBytes) {
    this.target = target;
    this.maxMessageBytes = maxMessageBytes;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Reads nothing more and frees what was kept. */
  void stop() {
    stopped = true;
    message = new byte[0];
    messageBytes = 0;
  }

  void read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !stopped) {
      if (headerBytes < RECORD_HEADER_BYTES) {
        header[headerBytes++] = bytes[at++];
        if (headerBytes == RECORD_HEADER_BYTES) {
          beginRecord();
        }
      } else {
        int count = Math.min(recordLeft, to - at);
        if (header[0] == HANDSHAKE) {
          gather(bytes, at, count);
        }
        at += count;
        recordLeft -= count;
      }
      if (headerBytes == RECORD_HEADER_BYTES && recordLeft == 0) {
        headerBytes = 0;
      }
    }
  }

  private void beginRecord() {
    recordLeft = (header[3] & 0xff) << 8 | (header[4] & 0xff);
    boolean known = header[0] >= CHANGE_CIPHER && header[0] <= HEARTBEAT;
    if (!known || header[1] != 3 || recordLeft > MAX_RECORD_BYTES) {
      fail(any ? TlsFault.RECORD : TlsFault.NOT_TLS);
      return;
    }
    any = true;
    switch (header[0]) {
      case CHANGE_CIPHER -> target.changeCipher();
      case DATA -> target.data();
      case ALERT, HEARTBEAT, HANDSHAKE -> {}
      default -> throw new IllegalStateException("type=" + header[0]);
    }
  }

  private void fail(TlsFault fault) {
    stop();
    target.broken(fault);
  }

  private void gather(byte[] bytes, int from, int count) {
    if (messageBytes + count > maxMessageBytes + MAX_RECORD_BYTES) {
      fail(TlsFault.TOO_LARGE);
      return;
    }
    if (messageBytes + count > message.length) {
      message = Arrays.copyOf(message, Math.max(messageBytes + count, 2 * message.length));
    }
    System.arraycopy(bytes, from, message, messageBytes, count);
    messageBytes += count;
    deliver();
  }

  private void deliver() {
    int at = 0;
    while (!stopped && messageBytes - at >= MESSAGE_HEADER_BYTES) {
      int length =
          (message[at + 1] & 0xff) << 16 | (message[at + 2] & 0xff) << 8 | (message[at + 3] & 0xff);
      if (length > maxMessageBytes) {
        fail(TlsFault.TOO_LARGE);
        return;
      }
      int end = at + MESSAGE_HEADER_BYTES + length;
      if (end > messageBytes) {
        break;
      }
      try {
        target.message(message[at] & 0xff, message, at + MESSAGE_HEADER_BYTES, end);
      } catch (BrokenHandshake broken) {
        fail(TlsFault.MESSAGE);
        return;
      }
      at = end;
    }
    if (!stopped && at > 0) {
      System.arraycopy(message, at, message, 0, messageBytes - at);
      messageBytes -= at;
    }
  }
}
