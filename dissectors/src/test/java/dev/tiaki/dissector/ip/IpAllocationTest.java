package dev.tiaki.dissector.ip;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tiaki.dissector.ipv4.Ipv4Dissector;
import dev.tiaki.dissector.ipv6.Ipv6Dissector;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.log.LogSections;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.time.NetworkTime;
import dev.tiaki.engine.time.TimerWheel;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.engine.worker.Worker;
import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.Ipv4Datagram;
import dev.tiaki.traffic.Ipv6Datagram;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Counts what the way of a packet allocates while nobody listens. */
class IpAllocationTest {
  private static final int PACKETS = 100_000;

  private final WorkerContext context =
      new WorkerContext(
          0,
          EngineMode.ENFORCE,
          OnRuleError.DROP,
          new NetworkTime(),
          new TimerWheel(),
          new PacketPool(
              new PacketOutput() {
                @Override
                public void accepted(Packet packet) {}

                @Override
                public void dropped(Packet packet, DropReason reason) {}
              }),
          new LogSections((section, level, message) -> {}),
          alert -> {},
          new AlertIds(),
          new Counters());

  private final PacketDissector root =
      new PacketDissector(
          context,
          packet ->
              packet.setNetwork(
                  14, (packet.array()[12] & 0xff) << 8 | (packet.array()[13] & 0xff)));
  private final Worker worker = new Worker(context, root, (packet, defect) -> {});

  private void process(byte[] frame, int count) {
    for (int i = 0; i < count; i++) {
      Packet packet = context.packets().acquire();
      System.arraycopy(frame, 0, packet.fill(frame.length, frame.length), 0, frame.length);
      packet.describe(LinkType.ETHERNET, 1_000L * i, i + 1L);
      worker.process(packet);
    }
  }

  private long bytesPerPacket(byte[] datagram) {
    TransportDissectors transports = new TransportDissectors();
    root.setNetworkDissector(
        Ipv4Dissector.ETHER_TYPE,
        new Ipv4Dissector(context, root, transports, FragmentLimits.IPV4));
    root.setNetworkDissector(
        Ipv6Dissector.ETHER_TYPE,
        new Ipv6Dissector(context, root, transports, FragmentLimits.IPV6));
    byte[] frame = Encapsulation.ethernet().frame(datagram, 0).bytes();
    process(frame, 1_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    process(frame, PACKETS);
    return (threads.getCurrentThreadAllocatedBytes() - before) / PACKETS;
  }

  @Test
  void an_ipv4_packet_allocates_nothing() {
    assertThat(
            bytesPerPacket(
                Ipv4Datagram.from("10.0.0.1", "10.0.0.2").protocol(6).payload("data").bytes()))
        .isZero();
  }

  @Test
  void an_ipv6_packet_allocates_nothing() {
    assertThat(
            bytesPerPacket(
                Ipv6Datagram.from("::1", "::2")
                    .extension(Ipv6Datagram.HOP_BY_HOP)
                    .protocol(6)
                    .payload("data")
                    .bytes()))
        .isZero();
  }
}
