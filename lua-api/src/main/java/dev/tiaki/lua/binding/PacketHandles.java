package dev.tiaki.lua.binding;

import dev.tiaki.dissector.icmp.IcmpPacket;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ipv4.Ipv4Packet;
import dev.tiaki.dissector.ipv6.Ipv6Packet;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.udp.UdpPacket;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.packet.Packet;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/**
 * The handles of packets and flows. The newest handle of each kind is kept, so that all rules on
 * one packet share one; a view that Lua has a handle of is retained and belongs to that packet
 * alone from then on.
 */
public final class PacketHandles {
  private final Bindings bindings;
  private @Nullable PacketValue packet;
  private @Nullable IpValue ip;
  private @Nullable TcpValue tcp;
  private @Nullable IcmpObject icmp;
  private @Nullable UdpObject udp;

  PacketHandles(Bindings bindings) {
    this.bindings = bindings;
  }

  /** Returns the handle of a frame. */
  public PacketValue packet(Packet of) {
    PacketValue known = packet;
    if (known == null || !known.isOf(of)) {
      known = new PacketValue(bindings, of);
      packet = known;
    }
    return known;
  }

  /** Returns the handle of an IP packet. */
  IpValue ip(IpPacket of) {
    IpValue known = ip;
    if (known == null || known.ip() != of) {
      of.retain();
      known = of instanceof Ipv6Packet six ? new Ipv6Value(bindings, six) : ipv4(of);
      ip = known;
    }
    return known;
  }

  private Ipv4Value ipv4(IpPacket of) {
    return new Ipv4Value(bindings, (Ipv4Packet) of);
  }

  /** Returns the handle of an IP packet as Lua takes it. */
  public NativeObject ipValue(IpPacket of) {
    return ip(of);
  }

  /** Returns the handle of an IP packet as a layer. */
  public Layer ipLayer(IpPacket of) {
    return ip(of);
  }

  /** Returns the newest handle of a layer that stands on {@code lower}, or nil. */
  LuaValue above(Layer lower) {
    for (Layer candidate : new @Nullable Layer[] {ip, tcp, udp, icmp}) {
      if (candidate != null && candidate.canContinue() && candidate.lowerLayer() == lower) {
        return candidate.handle();
      }
    }
    return LuaValue.NIL;
  }

  /** Returns the handle of a TCP packet. */
  public TcpValue tcp(TcpPacket of) {
    TcpValue known = tcp;
    if (known == null || !known.isOf(of)) {
      of.retain();
      known = new TcpValue(bindings, of);
      tcp = known;
    }
    return known;
  }

  /** Returns the handle of an ICMP packet. */
  public IcmpObject icmp(IcmpPacket of) {
    IcmpObject known = icmp;
    if (known == null || !known.isOf(of)) {
      of.retain();
      known = new IcmpObject(bindings, of);
      icmp = known;
    }
    return known;
  }

  /** Returns the object of a UDP packet. */
  public UdpObject udp(UdpPacket of) {
    UdpObject known = udp;
    if (known == null || !known.isOf(of)) {
      of.retain();
      known = new UdpObject(bindings, of);
      udp = known;
    }
    return known;
  }

  /** Returns the object of a UDP flow, always the same one. */
  public UdpFlowObject flow(UdpFlow of) {
    if (of.scriptData() instanceof UdpFlowObject known) {
      return known;
    }
    UdpFlowObject made = new UdpFlowObject(bindings, of);
    of.setScriptData(made);
    return made;
  }

  /** Returns the object of a connection, always the same one. */
  public FlowObject flow(TcpFlow of) {
    if (of.scriptData() instanceof FlowObject known) {
      return known;
    }
    FlowObject made = new FlowObject(bindings, of);
    of.setScriptData(made);
    return made;
  }
}
