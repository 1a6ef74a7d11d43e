package dev.tiaki.dissector.tcpconnection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Frame;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a packet costs in objects, counted and not timed. */
class AllocationTest {
  private static final int SEGMENTS = 2000;
  private static final int REPETITIONS = 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * The bytes allocated per packet by conversations of long streams, after a warm-up: the median,
   * because the JVM allocates now and then in the name of the thread whose code it compiles.
   */
  private double bytesPerPacket(TcpFixture engine) {
    engine.keepsSent = false;
    for (int i = 0; i < REPETITIONS; i++) {
      run(engine, conversation(i));
    }
    double[] each = new double[REPETITIONS];
    for (int i = 0; i < REPETITIONS; i++) {
      List<Frame> frames = conversation(REPETITIONS + i);
      // the handshake makes the flow; what follows is the steady state
      run(engine, frames.subList(0, 10));
      List<byte[]> bytes = frames.stream().map(Frame::bytes).toList();
      each[i] = (double) feed(engine, frames, bytes, 10) / (frames.size() - 10);
    }
    Arrays.sort(each);
    return each[REPETITIONS / 2];
  }

  private static List<Frame> conversation(int number) {
    return Conversation.between("10.0.0.1:" + (1000 + number), "10.0.0.2:80")
        .segmentBytes(100)
        .handshake()
        .up("x".repeat(SEGMENTS * 100))
        .frames();
  }

  private static void run(TcpFixture engine, List<Frame> frames) {
    engine.feed(frames);
  }

  private long feed(TcpFixture engine, List<Frame> frames, List<byte[]> bytes, int from) {
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    for (int i = from; i < bytes.size(); i++) {
      byte[] frame = bytes.get(i);
      Packet packet = engine.context.packets().acquire();
      System.arraycopy(frame, 0, packet.fill(frame.length, frame.length), 0, frame.length);
      Frame like = frames.get(i);
      packet.describe(like.linkType(), like.nanos(), i);
      engine.worker.process(packet);
    }
    return threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
  }

  @Test
  void a_packet_that_no_rule_listens_to_allocates_nothing() {
    assertThat(bytesPerPacket(TcpFixture.enforcing())).isZero();
    assertThat(bytesPerPacket(TcpFixture.observing())).isZero();
  }

  @Test
  void a_packet_in_order_with_a_listener_takes_a_handful_of_small_objects() {
    TcpFixture engine =
        new TcpFixture(
            EngineMode.OBSERVE, TcpConnectionSettings.DEFAULTS.withMidstreamPickup(true));
    long[] bytes = {0};
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> bytes[0] += current.available());
    double each = bytesPerPacket(engine);
    assertThat(bytes[0]).isEqualTo(2L * REPETITIONS * SEGMENTS * 100);
    assertThat(each).isLessThanOrEqualTo(256);
  }
}
