package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.dissector.dns.DnsDissector;
import dev.tiaki.dissector.dns.DnsSettings;
import dev.tiaki.dissector.http.HttpDissector;
import dev.tiaki.dissector.http.HttpSettings;
import dev.tiaki.dissector.icmp.IcmpDissector;
import dev.tiaki.dissector.icmp.IcmpFamily;
import dev.tiaki.dissector.ip.FragmentLimits;
import dev.tiaki.dissector.ip.TransportDissectors;
import dev.tiaki.dissector.ipv4.Ipv4Dissector;
import dev.tiaki.dissector.ipv6.Ipv6Dissector;
import dev.tiaki.dissector.link.FrameLink;
import dev.tiaki.dissector.packet.ForgedFrames;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.dissector.smtp.SmtpDissector;
import dev.tiaki.dissector.smtp.SmtpSettings;
import dev.tiaki.dissector.tcp.TcpDissector;
import dev.tiaki.dissector.tcp.TcpSettings;
import dev.tiaki.dissector.tcpconnection.TcpConnectionDissector;
import dev.tiaki.dissector.tcpconnection.TcpConnectionEvents;
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.dissector.tls.TlsDissector;
import dev.tiaki.dissector.tls.TlsSettings;
import dev.tiaki.dissector.tunnel.TunnelDissector;
import dev.tiaki.dissector.udp.UdpDissector;
import dev.tiaki.dissector.udpconnection.UdpConnectionDissector;
import dev.tiaki.dissector.udpconnection.UdpConnectionSettings;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogSections;
import dev.tiaki.engine.packet.DropReason;
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
import dev.tiaki.lua.binding.Dissectors;
import dev.tiaki.lua.interactive.Terminal;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.runtime.LuaSettings;
import dev.tiaki.lua.shared.Commons;
import dev.tiaki.traffic.Frame;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A worker with every dissector and a Lua state: rules run over frames, what happens is kept. */
final class RuleReplay {
  /** What the rules printed, and log lines as {@code level section: message}, in order. */
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  /** The alerts in the order in which they were posted. */
  final List<Alert> alerts = new ArrayList<>();

  /** The frames that left. */
  final List<byte[]> sent = new ArrayList<>();

  /** The verdicts in order: {@code accept 1}, {@code drop 2 RULE}. */
  final List<String> verdicts = new ArrayList<>();

  /** The defects of the engine. */
  final List<RuntimeException> defects = new ArrayList<>();

  private final Commons commons;
  final WorkerContext context;
  final HakaModule haka;
  private final LuaRuntime runtime;
  private final TcpConnectionDissector connections;
  private final UdpConnectionDissector datagrams;
  private final PacketDissector root;
  private final Worker worker;
  private long rank;
  boolean exited;

  /** Where somebody types; null for nobody. */
  @Nullable Terminal terminal;

  /** Makes a worker that enforces. */
  RuleReplay() {
    this(EngineMode.ENFORCE);
  }

  /** Makes a worker of this mode. */
  RuleReplay(EngineMode mode) {
    this(mode, TcpConnectionSettings.DEFAULTS);
  }

  /** Makes a worker of this mode with these bounds. */
  RuleReplay(EngineMode mode, TcpConnectionSettings settings) {
    this(mode, new Commons(), 0, settings, OnRuleError.DROP);
  }

  /** Makes a worker that enforces, where failures of rules mean {@code onRuleError}. */
  RuleReplay(OnRuleError onRuleError) {
    this(EngineMode.ENFORCE, new Commons(), 0, TcpConnectionSettings.DEFAULTS, onRuleError);
  }

  /** Makes a worker whose Lua state has {@code commons} in common with others. */
  RuleReplay(EngineMode mode, Commons commons, int number) {
    this(mode, commons, number, TcpConnectionSettings.DEFAULTS, OnRuleError.DROP);
  }

  private RuleReplay(
      EngineMode mode,
      Commons commons,
      int number,
      TcpConnectionSettings settings,
      OnRuleError onRuleError) {
    this.commons = commons;
    context =
        new WorkerContext(
            number,
            mode,
            onRuleError,
            new NetworkTime(),
            new TimerWheel(),
            new PacketPool(verdictOutput()),
            new LogSections(this::log),
            alerts::add,
            new AlertIds(),
            new Counters());
    TransportDissectors transports = new TransportDissectors();
    root = new PacketDissector(context, new FrameLink(context.counters()));
    connections = new TcpConnectionDissector(context, settings);
    datagrams = new UdpConnectionDissector(context, UdpConnectionSettings.DEFAULTS);
    HttpDissector http = new HttpDissector(context, HttpSettings.DEFAULTS);
    http.register(connections);
    Dissectors dissectors =
        new Dissectors(
            root,
            new ForgedFrames(context),
            new Ipv4Dissector(context, root, transports, FragmentLimits.IPV4),
            new Ipv6Dissector(context, root, transports, FragmentLimits.IPV6),
            new IcmpDissector(context, IcmpFamily.ICMP),
            new IcmpDissector(context, IcmpFamily.ICMPV6),
            new UdpDissector(context),
            datagrams,
            new TunnelDissector(context, root),
            new DnsDissector(context, DnsSettings.DEFAULTS),
            new TlsDissector(context, TlsSettings.DEFAULTS),
            new TcpDissector(context, TcpSettings.DEFAULTS),
            connections,
            new SmtpDissector(context, connections, SmtpSettings.DEFAULTS),
            http);
    runtime = new LuaRuntime(LuaSettings.defaults(output));
    haka = HakaModule.install(runtime, context, dissectors, transports, new Host());
    if (!mode.hakaCompatible()) {
      haka.activateAll();
    }
    worker = new Worker(context, root, (packet, defect) -> defects.add(defect));
    output.reset();
  }

  private final class Host implements HakaHost {
    @Override
    public void exit() {
      exited = true;
    }

    @Override
    public boolean hasColors() {
      return false;
    }

    @Override
    public @Nullable Terminal terminal() {
      return terminal;
    }

    @Override
    public boolean isDebugged() {
      return false;
    }

    @Override
    public Commons commons() {
      return commons;
    }
  }

  private PacketOutput verdictOutput() {
    return new PacketOutput() {
      @Override
      public void accepted(Packet packet) {
        verdicts.add("accept " + packet.number());
        sent.add(packet.toByteArray());
      }

      @Override
      public void dropped(Packet packet, DropReason why) {
        verdicts.add("drop " + packet.number() + " " + why);
      }
    };
  }

  private void log(String section, LogLevel level, String message) {
    String line = level.name().toLowerCase(Locale.ROOT) + " " + section + ": " + message + "\n";
    output.writeBytes(line.getBytes(ISO_8859_1));
  }

  /** Returns the events of connections as the dissector has them. */
  TcpConnectionEvents connectionEvents() {
    return connections.events();
  }

  /** Returns the Lua state. */
  LuaRuntime runtime() {
    return runtime;
  }

  /** Runs source as a rule file. */
  RuleReplay rules(String... lines) {
    runtime.run(String.join("\n", lines).getBytes(ISO_8859_1), "@rules.lua");
    return this;
  }

  /** Receives frames. */
  RuleReplay receive(List<Frame> frames) {
    for (Frame frame : frames) {
      byte[] bytes = frame.bytes();
      Packet packet = context.packets().acquire();
      System.arraycopy(bytes, 0, packet.fill(bytes.length, bytes.length), 0, bytes.length);
      packet.describe(frame.linkType(), frame.nanos(), ++rank);
      worker.process(packet);
    }
    return this;
  }

  /** Returns what was sent to a port over IPv4 and TCP, for segments in order and sent once. */
  String received(int port) {
    StringBuilder text = new StringBuilder();
    for (byte[] frame : sent) {
      if (port == ((frame[36] & 0xff) << 8 | (frame[37] & 0xff))) {
        int payload = 34 + ((frame[46] & 0xf0) >> 2);
        text.append(new String(frame, payload, frame.length - payload, ISO_8859_1));
      }
    }
    return text.toString();
  }

  /** Ends the capture. */
  RuleReplay finish() {
    haka.exiting();
    connections.finish();
    datagrams.finish();
    root.finish();
    haka.closed();
    return this;
  }

  /** Returns everything printed and logged since the last call, without what is not wanted. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (String line : output.toString(ISO_8859_1).split("\n", -1)) {
      if (!line.startsWith("info dissector:") && !line.startsWith("info core: register")) {
        text.append(line).append('\n');
      }
    }
    output.reset();
    return text.toString().strip();
  }
}
