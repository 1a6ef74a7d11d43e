package dev.tiaki.dissector.ip;

import dev.tiaki.dissector.icmp.IcmpDissector;
import dev.tiaki.dissector.icmp.IcmpFamily;
import dev.tiaki.dissector.ipv4.Ipv4Dissector;
import dev.tiaki.dissector.ipv4.Ipv4Packet;
import dev.tiaki.dissector.ipv6.Ipv6Dissector;
import dev.tiaki.dissector.ipv6.Ipv6Packet;
import dev.tiaki.dissector.link.FrameLink;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.log.LogSections;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.FrameSource;
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
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.IpDatagram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A worker with the root, both IP families and ICMP, whose verdicts and alerts are written down.
 */
public final class IpFixture {
  private static final long START_NANOS = 1_700_000_000_000_000_000L;

  /** What happened to the packets, in order: {@code accept 1}, {@code drop 2 MALFORMED} … */
  public final List<String> verdicts = new ArrayList<>();

  /** The frames that left, without their Ethernet header. */
  public final List<byte[]> sent = new ArrayList<>();

  /** Alerts as {@code description source target}. */
  public final List<String> alerts = new ArrayList<>();

  /** Log lines as {@code level section: message}. */
  public final List<String> log = new ArrayList<>();

  /** The defects of the engine. */
  public final List<RuntimeException> defects = new ArrayList<>();

  /** The worker's counters. */
  public final Counters counters = new Counters();

  /** What the dissectors were given. */
  public final WorkerContext context;

  /** The root. */
  public final PacketDissector root;

  /** The transports of both families. */
  public final TransportDissectors transports = new TransportDissectors();

  /** The dissector of IPv4. */
  public final Ipv4Dissector ipv4;

  /** The dissector of IPv6. */
  public final Ipv6Dissector ipv6;

  /** The dissector of ICMP, registered. */
  public final IcmpDissector icmp;

  private final Encapsulation link = Encapsulation.ethernet();
  private final Worker worker;
  private long nowNanos = START_NANOS;
  private long received;

  /** Makes a worker that enforces. */
  public IpFixture() {
    this(EngineMode.ENFORCE, OnRuleError.DROP);
  }

  /** Makes a worker with these modes. */
  public IpFixture(EngineMode mode, OnRuleError onRuleError) {
    this(mode, onRuleError, FragmentLimits.IPV4, FragmentLimits.IPV6);
  }

  /** Makes a worker with these limits for the fragments of both families. */
  public IpFixture(FragmentLimits ipv4Limits, FragmentLimits ipv6Limits) {
    this(EngineMode.ENFORCE, OnRuleError.DROP, ipv4Limits, ipv6Limits);
  }

  private IpFixture(
      EngineMode mode,
      OnRuleError onRuleError,
      FragmentLimits ipv4Limits,
      FragmentLimits ipv6Limits) {
    context =
        new WorkerContext(
            0,
            mode,
            onRuleError,
            new NetworkTime(),
            new TimerWheel(),
            new PacketPool(output()),
            new LogSections((section, level, message) ->
                log.add(level.name().toLowerCase() + " " + section + ": " + message)),
            this::note,
            new AlertIds(),
            counters);
    root = new PacketDissector(context, new FrameLink(counters));
    ipv4 = new Ipv4Dissector(context, root, transports, ipv4Limits);
    ipv6 = new Ipv6Dissector(context, root, transports, ipv6Limits);
    icmp = new IcmpDissector(context, IcmpFamily.ICMP);
    root.setNetworkDissector(Ipv4Dissector.ETHER_TYPE, ipv4);
    root.setNetworkDissector(Ipv6Dissector.ETHER_TYPE, ipv6);
    transports.set(IcmpFamily.ICMP.protocol(), icmp);
    worker = new Worker(context, root, (packet, defect) -> defects.add(defect));
  }

  private PacketOutput output() {
    return new PacketOutput() {
      @Override
      public void accepted(Packet packet) {
        verdicts.add("accept " + packet.number());
        sent.add(Arrays.copyOfRange(packet.array(), packet.networkOffset(), packet.length()));
      }

      @Override
      public void dropped(Packet packet, DropReason reason) {
        verdicts.add("drop " + packet.number() + " " + reason);
      }
    };
  }

  private void note(Alert alert) {
    StringBuilder line = new StringBuilder(String.valueOf(alert.description()));
    alert.sources().forEach(node -> line.append(' ').append(node.values().getFirst()));
    alert.targets().forEach(node -> line.append(' ').append(node.values().getFirst()));
    alerts.add(line.toString());
  }

  /** Has datagrams received, one after the other. */
  public void receive(IpDatagram... datagrams) {
    for (IpDatagram datagram : datagrams) {
      receive(datagram.bytes());
    }
  }

  /** Has the octets of a datagram received in an Ethernet frame. */
  public void receive(byte[] datagram) {
    receive(link.frame(datagram, 0));
  }

  /** Has octets received that the Ethernet header calls {@code etherType}. */
  public void receive(int etherType, byte[] octets) {
    receive(link.frame(etherType, octets, 0));
  }

  /** Has an Ethernet frame received; it takes the current time. */
  public void receive(Frame frame) {
    byte[] bytes = frame.bytes();
    Packet packet = context.packets().acquire();
    System.arraycopy(bytes, 0, packet.fill(bytes.length, frame.originalLength()), 0, bytes.length);
    packet.describe(LinkType.ETHERNET, nowNanos, ++received);
    worker.process(packet);
  }

  /** Has everything received that a capture holds, whatever its link type. */
  public void run(FrameSource capture) throws IOException {
    worker.run(capture);
  }

  /** Lets time pass until the next packet. */
  public void advance(Duration time) {
    nowNanos += time.toNanos();
  }

  /** Ends the traffic. */
  public void finish() {
    root.finish();
  }

  /** Calls {@code rule} for each received IPv4 packet. */
  public void onReceive(Consumer<Ipv4Packet> rule) {
    ipv4.events().receivePacket().add(ip -> rule.accept((Ipv4Packet) ip));
  }

  /** Calls {@code rule} for each whole IPv4 datagram. */
  public void onReassembled(Consumer<Ipv4Packet> rule) {
    ipv4.events().receivePacketReassembled().add(ip -> rule.accept((Ipv4Packet) ip));
  }

  /** Calls {@code rule} for each received IPv6 packet. */
  public void onReceive6(Consumer<Ipv6Packet> rule) {
    ipv6.events().receivePacket().add(ip -> rule.accept((Ipv6Packet) ip));
  }

  /** Calls {@code rule} for each whole IPv6 datagram. */
  public void onReassembled6(Consumer<Ipv6Packet> rule) {
    ipv6.events().receivePacketReassembled().add(ip -> rule.accept((Ipv6Packet) ip));
  }

  /** Returns what the view holds as payload. */
  public static byte[] payload(IpPacket ip) {
    int from = ip.payloadOffset();
    return Arrays.copyOfRange(ip.payloadArray(), from, from + ip.payloadLength());
  }
}
