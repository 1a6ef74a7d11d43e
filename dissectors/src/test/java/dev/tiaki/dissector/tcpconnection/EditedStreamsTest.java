package dev.tiaki.dissector.tcpconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.traffic.Endpoint;
import dev.tiaki.traffic.TcpSegment;
import dev.tiaki.traffic.Trace;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Two naive ends talk through the engine over lines that lose, repeat and reorder segments, while a
 * listener edits both streams at random: each end receives exactly the edited stream.
 */
class EditedStreamsTest {
  private static final Endpoint CLIENT = Endpoint.of("10.0.0.1:40000");
  private static final Endpoint SERVER = Endpoint.of("10.0.0.2:80");
  private static final int ETHERNET = 14;
  private static final int IPV4 = 20;
  private static final int STEPS = 30_000;

  @Test
  void each_end_receives_exactly_the_edited_stream() {
    long repeated = 0;
    long edited = 0;
    for (int seed = 0; seed < 150; seed++) {
      Run run = new Run(seed, 2, 3000);
      run.check();
      repeated += run.engine.counters.value("tcp.retransmissions.rewritten");
      edited += Arrays.equals(run.texts[0], run.edited[0].toByteArray()) ? 0 : 1;
    }
    // the runs are worth something only when edited data was sent again, and edited at all
    assertThat(repeated).isGreaterThan(1000);
    assertThat(edited).isGreaterThan(100);
  }

  @Test
  void heavy_losses_only_take_longer() {
    for (int seed = 1000; seed < 1040; seed++) {
      new Run(seed, 5, 3000).check();
    }
  }

  @Test
  void without_edits_both_streams_arrive_as_they_were_sent() {
    for (int seed = 2000; seed < 2050; seed++) {
      Run run = new Run(seed, 3, 4000);
      run.edits = false;
      run.check();
    }
  }

  /** One conversation. */
  private static final class Run {
    private final int seed;
    private final Random random;
    private final int lossTenths;
    private final TcpFixture engine = TcpFixture.enforcing();
    private final byte[][] texts = new byte[2][];
    private final ModelEnd[] ends = new ModelEnd[2];
    private final ByteArrayOutputStream[] seen = {
      new ByteArrayOutputStream(), new ByteArrayOutputStream()
    };
    private final ByteArrayOutputStream[] edited = {
      new ByteArrayOutputStream(), new ByteArrayOutputStream()
    };
    private final List<List<ModelEnd.Segment>> toEngine =
        List.of(new ArrayList<>(), new ArrayList<>());
    private final List<List<ModelEnd.Segment>> fromEngine =
        List.of(new ArrayList<>(), new ArrayList<>());
    private final Trace clock = new Trace();
    boolean edits = true;

    Run(int seed, int lossTenths, int bytes) {
      this.seed = seed;
      this.random = new Random(seed);
      this.lossTenths = lossTenths;
      for (int i = 0; i < 2; i++) {
        texts[i] = new byte[random.nextInt(bytes)];
        random.nextBytes(texts[i]);
        ends[i] = new ModelEnd(random, texts[i], i == 0);
      }
      engine
          .connections
          .events()
          .receiveData()
          .add((flow, stream, current, direction) -> edit(current.copy(), direction));
    }

    private void edit(BufferIterator at, Direction direction) {
      int index = direction == Direction.UP ? 0 : 1;
      while (at.available() > 0) {
        int choice = edits ? random.nextInt(8) : 7;
        if (choice == 0) {
          byte[] inserted = bytes(1 + random.nextInt(40));
          edited[index].writeBytes(inserted);
          at.insert(VirtualBuffer.of(inserted.clone()));
        }
        SubBuffer piece = at.sub(1 + random.nextInt(200), random.nextBoolean());
        byte[] original = piece.toByteArray();
        seen[index].writeBytes(original);
        if (choice == 1) {
          piece.erase();
        } else if (choice == 2) {
          byte[] replacement = bytes(random.nextInt(100));
          edited[index].writeBytes(replacement);
          piece.replace(VirtualBuffer.of(replacement.clone()));
        } else if (choice == 3) {
          piece.set(0, ~original[0]);
          original[0] = (byte) ~original[0];
          edited[index].writeBytes(original);
        } else {
          edited[index].writeBytes(original);
        }
      }
    }

    private byte[] bytes(int length) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return bytes;
    }

    void check() {
      int steps = 0;
      while (!(ends[0].isDone() && ends[1].isDone()) && steps < STEPS) {
        step();
        steps++;
      }
      assertThat(seen[0].toByteArray()).as("seen up, seed=%d", seed).isEqualTo(texts[0]);
      assertThat(seen[1].toByteArray()).as("seen down, seed=%d", seed).isEqualTo(texts[1]);
      assertThat(ends[1].received.toByteArray())
          .as("received by the server, seed=%d", seed)
          .isEqualTo(edited[0].toByteArray());
      assertThat(ends[0].received.toByteArray())
          .as("received by the client, seed=%d", seed)
          .isEqualTo(edited[1].toByteArray());
      assertThat(steps).as("both ends are done, seed=%d", seed).isLessThan(STEPS);
      engine.finish();
      assertThat(engine.connections.connections()).isZero();
    }

    private void step() {
      int side = random.nextInt(2);
      switch (random.nextInt(3)) {
        case 0 -> send(toEngine.get(side), ends[side].next());
        case 1 -> {
          ModelEnd.Segment segment = take(toEngine.get(side));
          if (segment != null) {
            pass(side, segment);
          }
        }
        default -> {
          ModelEnd.Segment segment = take(fromEngine.get(side));
          if (segment != null) {
            send(toEngine.get(side), ends[side].receive(segment));
          }
        }
      }
    }

    private void send(List<ModelEnd.Segment> line, ModelEnd.Segment segment) {
      if (segment == null || random.nextInt(10) < lossTenths) {
        return;
      }
      line.add(segment);
      if (random.nextInt(20) == 0) {
        line.add(segment);
      }
    }

    private ModelEnd.Segment take(List<ModelEnd.Segment> line) {
      if (line.isEmpty()) {
        return null;
      }
      return line.remove(random.nextInt(3) > 0 ? 0 : random.nextInt(line.size()));
    }

    private void pass(int side, ModelEnd.Segment segment) {
      Endpoint from = side == 0 ? CLIENT : SERVER;
      Endpoint to = side == 0 ? SERVER : CLIENT;
      boolean ack = side == 1 || !segment.syn();
      TcpSegment packet =
          TcpSegment.between(from, to).seq(segment.sequence()).payload(segment.data());
      if (ack) {
        packet.ack(segment.acknowledgment());
      }
      packet.flags((segment.syn() ? "S" : "") + (segment.fin() ? "F" : "") + (ack ? "A" : ""));
      clock.send(packet.toIp());
      engine.sent.clear();
      engine.feed(clock.frames().getLast());
      for (byte[] frame : engine.sent) {
        send(fromEngine.get(frame[ETHERNET + 19] == 1 ? 0 : 1), parse(frame));
      }
    }

    private ModelEnd.Segment parse(byte[] frame) {
      ByteBuffer bytes = ByteBuffer.wrap(frame);
      int total = bytes.getShort(ETHERNET + 2) & 0xffff;
      int start = ETHERNET + IPV4;
      int header = (frame[start + 12] & 0xf0) >>> 2;
      assertThat(InternetChecksum.of(frame, ETHERNET, IPV4)).as("seed=%d", seed).isZero();
      long pseudoHeader = InternetChecksum.pseudoHeader(frame, ETHERNET + 12, 4, 6, total - IPV4);
      long sum = InternetChecksum.sum(frame, start, total - IPV4);
      assertThat(InternetChecksum.finish(InternetChecksum.combine(pseudoHeader, sum)))
          .as("TCP checksum, seed=%d", seed)
          .isZero();
      int flags = frame[start + 13];
      return new ModelEnd.Segment(
          bytes.getInt(start + 4),
          bytes.getInt(start + 8),
          (flags & 2) != 0,
          (flags & 1) != 0,
          Arrays.copyOfRange(frame, start + header, ETHERNET + total));
    }
  }
}
