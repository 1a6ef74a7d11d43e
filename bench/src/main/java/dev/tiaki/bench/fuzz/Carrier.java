package dev.tiaki.bench.fuzz;

import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.UdpDatagram;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** How pieces travel. */
sealed interface Carrier {
  /** The wall clock of the first input; each later one begins 20 ms after the one before it. */
  Instant START = Instant.parse("2026-01-01T00:00:00Z");

  long STEP_MILLIS = 20;

  /**
   * Returns the frames of one input.
   *
   * @param number the input's number: it gives the time and the client's address
   * @param random decides about disorder and loss
   */
  List<Frame> frames(long number, List<Piece> pieces, Random random);

  private static Trace trace(long number) {
    Trace trace = new Trace().at(START.plusMillis(number * STEP_MILLIS));
    return trace.every(java.time.Duration.ofMillis(1));
  }

  /** Returns the client of an input; inputs that are near each other have different ones. */
  private static String client(long number) {
    return "10.1."
        + ((number >> 8) & 0xff)
        + "."
        + (number & 0xff)
        + ":"
        + (1024 + number % 60_000);
  }

  /** On a TCP connection to {@code port}. */
  record Stream(int port) implements Carrier {
    @Override
    public List<Frame> frames(long number, List<Piece> pieces, Random random) {
      Trace trace = trace(number);
      Conversation talk = trace.conversation(client(number), "10.2.0.1:" + port).handshake();
      if (random.nextInt(16) == 0) {
        talk.segmentBytes(4 + random.nextInt(64));
      }
      for (Piece piece : pieces) {
        if (piece.octets().length > 0) {
          send(talk, piece);
          disturb(talk, random.nextInt(24));
        }
      }
      return (random.nextBoolean() ? talk.fin() : talk).frames();
    }

    private static void send(Conversation talk, Piece piece) {
      if (piece.fromClient()) {
        talk.up(piece.octets());
      } else {
        talk.down(piece.octets());
      }
    }

    private static void disturb(Conversation talk, int how) {
      switch (how) {
        case 0 -> talk.swap();
        case 1 -> talk.again();
        case 2 -> talk.lose();
        case 3 -> talk.upAck();
        case 4 -> talk.downAck();
        default -> {}
      }
    }
  }

  /** In UDP datagrams to {@code port} and back. */
  record Datagrams(int port) implements Carrier {
    @Override
    public List<Frame> frames(long number, List<Piece> pieces, Random random) {
      Trace trace = trace(number);
      String client = client(number);
      String server = "10.2.0.1:" + port;
      for (Piece piece : pieces) {
        String from = piece.fromClient() ? client : server;
        String to = piece.fromClient() ? server : client;
        trace.send(UdpDatagram.between(from, to).payload(piece.octets()).toIp());
      }
      return trace.frames();
    }
  }

  /** Each piece is a frame. */
  record Frames(Encapsulation link) implements Carrier {
    @Override
    public List<Frame> frames(long number, List<Piece> pieces, Random random) {
      Trace trace = trace(number).over(link);
      pieces.forEach(piece -> trace.sendFrame(piece.octets()));
      return trace.frames();
    }
  }
}
