package dev.tiaki.dissector.tunnel;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ip.OuterPacket;
import dev.tiaki.dissector.ip.TransportDissector;
import dev.tiaki.dissector.ip.TransportDissectors;
import dev.tiaki.dissector.link.InnerLink;
import dev.tiaki.dissector.packet.MalformedPackets;
import dev.tiaki.dissector.packet.NetworkDissector;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.dissector.udp.DatagramTunnel;
import dev.tiaki.dissector.udp.UdpDissector;
import dev.tiaki.dissector.udp.UdpLayout;
import dev.tiaki.dissector.udp.UdpPacket;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Verdict;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;

/**
 * Goes into tunnels, so that rules see the inner packets too, at most eight deep. What is in no
 * shape to be gone into passes as the outer packet it is: inner protocols that nobody reads, and
 * headers that are cut. An outer packet that came in fragments is gone into when it is whole, and
 * leaves along its fragments.
 */
public final class TunnelDissector implements TransportDissector, DatagramTunnel {
  private static final int IP_IN_IP = 4;
  private static final int IPV6_IN_IP = 41;
  private static final int GRE = 47;
  private static final int VXLAN_PORT = 4789;
  private static final int GENEVE_PORT = 6081;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int IPV4_LENGTH = 2;
  private static final int IPV6_LENGTH = 4;
  private static final int IPV6_HEADER_BYTES = 40;
  private static final int MAX_DEPTH = 8;
  private static final String TOO_LONG =
      "corrupted tunnel packet, inner packet is longer than the outer one";

  private final PacketDissector root;
  private final Counter entered;
  private final Counter tooDeep;
  private final MalformedPackets malformed;

  /** Makes the dissector of one worker, which goes nowhere yet. */
  public TunnelDissector(WorkerContext context, PacketDissector root) {
    this.root = root;
    entered = context.counters().counter("tunnel.packets", "packets found in tunnels");
    tooDeep = context.counters().counter("tunnel.tooDeep", "packets in more than eight tunnels");
    malformed = new MalformedPackets(context, "tunnel");
  }

  @Override
  public String name() {
    return "tunnel";
  }

  /** Goes into the tunnels of these protocols from now on. */
  public void stand(TransportDissectors transports, UdpDissector udp) {
    transports.set(IP_IN_IP, this);
    transports.set(IPV6_IN_IP, this);
    transports.set(GRE, this);
    udp.setTunnel(this);
  }

  @Override
  public void receive(IpPacket ip) {
    int start = ip.payloadOffset();
    int end = start + ip.payloadLength();
    long inner =
        switch (ip.protocol()) {
          case IP_IN_IP -> InnerLink.ofType(IPV4, ip.payloadArray(), start, end);
          case IPV6_IN_IP -> InnerLink.ofType(IPV6, ip.payloadArray(), start, end);
          default -> InnerStart.gre(ip.payloadArray(), start, end);
        };
    OuterPacket.Repair repair = ip.protocol() == GRE ? TunnelRepairs::gre : OuterPacket.Repair.NONE;
    long network = ip.protocol() == GRE ? InnerNetwork.gre(ip.payloadArray(), start, end) : 0;
    if (!enter(ip, inner, repair, network)) {
      ip.send();
    }
  }

  @Override
  public boolean enter(UdpPacket udp) {
    int port = udp.destinationPort();
    if (port != VXLAN_PORT && port != GENEVE_PORT) {
      return false;
    }
    IpPacket ip = udp.ip();
    int start = ip.payloadOffset() + UdpLayout.HEADER_BYTES;
    int end = start + udp.payloadLength();
    long inner =
        port == VXLAN_PORT
            ? InnerStart.vxlan(ip.payloadArray(), start, end)
            : InnerStart.geneve(ip.payloadArray(), start, end);
    return enter(
        ip, inner, TunnelRepairs::udp, InnerNetwork.overUdp(port, ip.payloadArray(), start));
  }

  private boolean enter(IpPacket ip, long inner, OuterPacket.Repair repair, long network) {
    if (inner == InnerLink.NONE || (ip.isFragment() && !ip.isReassembled())) {
      return false;
    }
    NetworkDissector next = root.networkDissector(InnerLink.etherType(inner));
    if (next == null) {
      return false;
    }
    if (OuterPacket.depth(ip.packet()) >= MAX_DEPTH) {
      tooDeep.increment();
      return false;
    }
    if (isLongerThan(ip, inner)) {
      return refuse(ip);
    }
    entered.increment();
    IpPacket outer = ip.isReassembled() ? ip.standIn() : ip;
    int offset = InnerLink.offset(inner) - ip.payloadOffset() + outer.payloadOffset();
    OuterPacket.enter(outer, repair, offset, InnerLink.etherType(inner), network);
    next.receive(outer.packet());
    if (outer != ip && outer.packet().verdict() == Verdict.HELD) {
      ip.packet().hold();
    }
    return true;
  }

  /** Tells whether the inner IP packet says that it goes on where the outer one has ended. */
  private static boolean isLongerThan(IpPacket outer, long inner) {
    if (outer.missingLength() > 0) {
      return false; // the capture was cut, what the inner packet lacks is known below
    }
    byte[] bytes = outer.payloadArray();
    int start = InnerLink.offset(inner);
    int end = outer.payloadOffset() + outer.payloadLength();
    boolean ipv4 = InnerLink.etherType(inner) == IPV4;
    int lengthField = start + (ipv4 ? IPV4_LENGTH : IPV6_LENGTH);
    if (lengthField + 2 > end) {
      return true;
    }
    int length = (bytes[lengthField] & 0xff) << 8 | (bytes[lengthField + 1] & 0xff);
    return start + (ipv4 ? length : IPV6_HEADER_BYTES + length) > end;
  }

  private boolean refuse(IpPacket ip) {
    boolean passes =
        malformed.report(
            ip.packet(), TOO_LONG, ip.source().toString(), ip.destination().toString());
    if (!passes) {
      ip.drop(DropReason.MALFORMED);
    }
    return !passes;
  }
}
