package dev.tiaki.dissector.tcpconnection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.dissector.ip.FragmentLimits;
import dev.tiaki.dissector.ip.TransportDissectors;
import dev.tiaki.dissector.ipv4.Ipv4Dissector;
import dev.tiaki.dissector.ipv6.Ipv6Dissector;
import dev.tiaki.dissector.link.FrameLink;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.dissector.tcp.TcpDissector;
import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpSettings;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.capture.CaptureReader;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogOutput;
import dev.tiaki.engine.log.LogSections;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Origin;
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
import dev.tiaki.traffic.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A worker with all dissectors up to connections, whose output can be looked at. */
public final class TcpFixture implements PacketOutput {
  public final List<byte[]> sent = new ArrayList<>();
  public final List<DropReason> drops = new ArrayList<>();
  public final List<String> lines = new ArrayList<>();
  public final List<Alert> alerts = new ArrayList<>();
  public final Counters counters = new Counters();
  public final WorkerContext context;
  public final PacketDissector root;
  public final TcpDissector tcp;
  public final TcpConnectionDissector connections;
  public final Worker worker;
  boolean keepsSent = true;
  long accepted;

  /** Verdicts of packets that were captured. */
  long captured;

  private long number;

  public TcpFixture(EngineMode mode, TcpConnectionSettings settings) {
    LogOutput log = (section, level, message) -> lines.add(level + " " + section + ": " + message);
    LogSections sections = new LogSections(log);
    sections.setDefaultLevel(LogLevel.DEBUG);
    context =
        new WorkerContext(
            0,
            mode,
            OnRuleError.DROP,
            new NetworkTime(),
            new TimerWheel(),
            new PacketPool(this),
            sections,
            alerts::add,
            new AlertIds(),
            counters);
    root = new PacketDissector(context, new FrameLink(counters));
    TransportDissectors transports = new TransportDissectors();
    Ipv4Dissector ipv4 = new Ipv4Dissector(context, root, transports, FragmentLimits.IPV4);
    Ipv6Dissector ipv6 = new Ipv6Dissector(context, root, transports, FragmentLimits.IPV6);
    root.setNetworkDissector(Ipv4Dissector.ETHER_TYPE, ipv4);
    root.setNetworkDissector(Ipv6Dissector.ETHER_TYPE, ipv6);
    tcp = new TcpDissector(context, TcpSettings.DEFAULTS);
    transports.set(TcpLayout.PROTOCOL, tcp);
    connections = new TcpConnectionDissector(context, settings);
    tcp.setReceiver(connections);
    worker =
        new Worker(
            context,
            root,
            (packet, defect) -> {
              throw defect;
            });
  }

  public static TcpFixture enforcing() {
    return new TcpFixture(EngineMode.ENFORCE, TcpConnectionSettings.DEFAULTS);
  }

  public static TcpFixture observing() {
    return new TcpFixture(
        EngineMode.OBSERVE, TcpConnectionSettings.DEFAULTS.withMidstreamPickup(true));
  }

  @Override
  public void accepted(Packet packet) {
    accepted++;
    captured += packet.origin() == Origin.CAPTURED ? 1 : 0;
    if (keepsSent) {
      sent.add(packet.toByteArray());
    }
  }

  @Override
  public void dropped(Packet packet, DropReason reason) {
    captured += packet.origin() == Origin.CAPTURED ? 1 : 0;
    drops.add(reason);
  }

  public TcpFixture feed(List<Frame> frames) {
    frames.forEach(this::feed);
    return this;
  }

  public void feed(Frame frame) {
    Packet packet = context.packets().acquire();
    byte[] bytes = frame.bytes();
    System.arraycopy(bytes, 0, packet.fill(bytes.length, frame.originalLength()), 0, bytes.length);
    packet.describe(frame.linkType(), frame.nanos(), ++number);
    worker.process(packet);
  }

  public void feed(CaptureReader reader) throws IOException {
    worker.run(reader);
  }

  public void finish() {
    connections.finish();
    root.finish();
  }

  /** Adds a listener that collects what it can read of each direction. */
  StringBuilder[] collect() {
    StringBuilder[] texts = {new StringBuilder(), new StringBuilder()};
    connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) ->
            texts[direction == Direction.UP ? 0 : 1].append(read(current)));
    return texts;
  }

  /** Adds listeners that write down what they are told. */
  TcpFixture telling(List<String> story) {
    TcpConnectionEvents events = connections.events();
    events.newConnection().add((flow, tcp) -> story.add("new " + flow.key()));
    events.endConnection().add(flow -> story.add("end " + flow.stateName()));
    events
        .receiveData()
        .add((flow, stream, current, direction) ->
            story.add(
                direction.word() + " " + read(current) + (stream.isFinished() ? " finished" : "")));
    return this;
  }

  static String read(BufferIterator current) {
    return new String(current.copy().subAll(false).toByteArray(), ISO_8859_1);
  }
}
