package dev.tiaki.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.log.LogSections;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.FrameSource;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Origin;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.time.NetworkTime;
import dev.tiaki.engine.time.TimerWheel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private final List<String> verdicts = new ArrayList<>();
  private final List<String> defects = new ArrayList<>();

  private final PacketOutput output =
      new PacketOutput() {
        @Override
        public void accepted(Packet packet) {
          verdicts.add("accept " + packet.number() + " " + packet.origin());
        }

        @Override
        public void dropped(Packet packet, DropReason reason) {
          verdicts.add("drop " + packet.number() + " " + reason);
        }
      };

  private final PacketPool pool = new PacketPool(output);
  private final WorkerContext context =
      new WorkerContext(
          0,
          EngineMode.ENFORCE,
          OnRuleError.DROP,
          new NetworkTime(),
          new TimerWheel(),
          pool,
          new LogSections((section, level, message) -> {}),
          alert -> {},
          new AlertIds(),
          new Counters());

  private static FrameSource frames(int count) {
    return new FrameSource() {
      private int given;

      @Override
      public boolean next(Packet packet) {
        if (given == count) {
          return false;
        }
        given++;
        packet.fill(60, 60)[0] = (byte) given;
        packet.describe(LinkType.ETHERNET, given * 1_000L, given);
        return true;
      }

      @Override
      public void close() {}
    };
  }

  private void run(int count, PacketReceiver receiver) throws IOException {
    new Worker(context, receiver, (packet, defect) -> defects.add(defect.getMessage()))
        .run(frames(count));
  }

  @Test
  void a_packet_that_nobody_decides_about_is_dropped() throws IOException {
    run(1, packet -> {});
    assertThat(verdicts).containsExactly("drop 1 UNCLAIMED");
  }

  @Test
  void a_held_packet_waits_and_gets_its_verdict_later() throws IOException {
    List<Packet> queue = new ArrayList<>();
    run(
        2,
        packet -> {
          if (queue.isEmpty()) {
            packet.hold();
            queue.add(packet);
          } else {
            packet.accept();
            queue.get(0).accept();
          }
        });
    assertThat(verdicts).containsExactly("accept 2 CAPTURED", "accept 1 CAPTURED");
  }

  @Test
  void a_second_verdict_is_refused_and_a_second_drop_ignored() throws IOException {
    run(
        1,
        packet -> {
          packet.accept();
          packet.drop(DropReason.RULE);
          assertThatThrownBy(packet::accept)
              .isInstanceOf(IllegalStateException.class)
              .hasMessage("operation not supported");
        });
    assertThat(verdicts).containsExactly("accept 1 CAPTURED");
  }

  @Test
  void a_defect_of_the_receiver_drops_the_packet_and_is_reported() throws IOException {
    run(
        2,
        packet -> {
          if (packet.number() == 1) {
            throw new IllegalArgumentException("broken");
          }
          packet.accept();
        });
    assertThat(verdicts).containsExactly("drop 1 ENGINE_ERROR", "accept 2 CAPTURED");
    assertThat(defects).containsExactly("broken");
  }

  @Test
  void an_injected_packet_is_received_before_the_next_captured_one() throws IOException {
    run(
        2,
        packet -> {
          if (packet.number() == 1) {
            pool.inject(pool.forge(LinkType.ETHERNET, new byte[20], 7));
          }
          assertThat(packet.origin()).isNotEqualTo(Origin.FORGED);
          packet.accept();
        });
    assertThat(verdicts)
        .containsExactly("accept 1 CAPTURED", "accept 0 INJECTED", "accept 2 CAPTURED");
  }

  @Test
  void shared_memory_is_not_used_for_the_next_packet() throws IOException {
    List<byte[]> kept = new ArrayList<>();
    run(
        3,
        packet -> {
          packet.memory().share();
          kept.add(packet.array());
          packet.accept();
        });
    assertThat(kept).extracting(bytes -> (int) bytes[0]).containsExactly(1, 2, 3);
  }
}
