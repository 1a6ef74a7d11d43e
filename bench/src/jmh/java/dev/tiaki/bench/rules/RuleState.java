package dev.tiaki.bench.rules;

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
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.dissector.tls.TlsDissector;
import dev.tiaki.dissector.tls.TlsSettings;
import dev.tiaki.dissector.tunnel.TunnelDissector;
import dev.tiaki.dissector.udp.UdpDissector;
import dev.tiaki.dissector.udpconnection.UdpConnectionDissector;
import dev.tiaki.dissector.udpconnection.UdpConnectionSettings;
import dev.tiaki.engine.alert.AlertIds;
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
import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.lua.binding.Dissectors;
import dev.tiaki.lua.haka.HakaHost;
import dev.tiaki.lua.haka.HakaModule;
import dev.tiaki.lua.interactive.Terminal;
import dev.tiaki.lua.runtime.LuaCall;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.runtime.LuaSettings;
import dev.tiaki.lua.shared.Commons;
import java.io.OutputStream;

/** A Lua state with the {@code haka} module and a worker that receives nothing. */
final class RuleState implements HakaHost, PacketOutput {
  private final Commons commons = new Commons();
  private final LuaRuntime runtime =
      new LuaRuntime(LuaSettings.defaults(OutputStream.nullOutputStream()));

  RuleState(String rules) {
    WorkerContext context =
        new WorkerContext(
            0,
            EngineMode.ENFORCE,
            OnRuleError.DROP,
            new NetworkTime(),
            new TimerWheel(),
            new PacketPool(this),
            new LogSections((section, level, message) -> {}),
            alert -> {},
            new AlertIds(),
            new Counters());
    TransportDissectors transports = new TransportDissectors();
    HakaModule.install(runtime, context, dissectors(context, transports), transports, this);
    runtime.run(rules.getBytes(ISO_8859_1), "@bench.lua");
  }

  private static Dissectors dissectors(WorkerContext context, TransportDissectors transports) {
    PacketDissector root = new PacketDissector(context, new FrameLink(context.counters()));
    TcpConnectionDissector connections =
        new TcpConnectionDissector(context, TcpConnectionSettings.DEFAULTS);
    return new Dissectors(
        root,
        new ForgedFrames(context),
        new Ipv4Dissector(context, root, transports, FragmentLimits.IPV4),
        new Ipv6Dissector(context, root, transports, FragmentLimits.IPV6),
        new IcmpDissector(context, IcmpFamily.ICMP),
        new IcmpDissector(context, IcmpFamily.ICMPV6),
        new UdpDissector(context),
        new UdpConnectionDissector(context, UdpConnectionSettings.DEFAULTS),
        new TunnelDissector(context, root),
        new DnsDissector(context, DnsSettings.DEFAULTS),
        new TlsDissector(context, TlsSettings.DEFAULTS),
        new TcpDissector(context, TcpSettings.DEFAULTS),
        connections,
        new SmtpDissector(context, connections, SmtpSettings.DEFAULTS),
        new HttpDissector(context, HttpSettings.DEFAULTS));
  }

  /** Returns a global function of the rules, as the engine calls it. */
  LuaCall function(String name) {
    return runtime.call(runtime.globals().get(name), null);
  }

  @Override
  public void exit() {
    // no rule asks for it
  }

  @Override
  public boolean hasColors() {
    return false;
  }

  @Override
  public Terminal terminal() {
    return null;
  }

  @Override
  public boolean isDebugged() {
    return false;
  }

  @Override
  public Commons commons() {
    return commons;
  }

  @Override
  public void accepted(Packet packet) {
    // no packet comes
  }

  @Override
  public void dropped(Packet packet, DropReason why) {
    // no packet comes
  }
}
