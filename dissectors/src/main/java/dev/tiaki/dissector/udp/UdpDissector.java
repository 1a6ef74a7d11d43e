package dev.tiaki.dissector.udp;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ip.TransportDissector;
import dev.tiaki.dissector.packet.MalformedPackets;
import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.event.ListenerScope;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.WorkerContext;
import org.jspecify.annotations.Nullable;

/**
 * Dissects UDP: shows each packet to the listeners and hands it to who follows flows.
 *
 * <p>Refused with an alert: a header that is cut, and a length that the IP packet does not hold.
 * What stands behind the length that the header names is no data; it is sent on as it is.
 */
public final class UdpDissector implements TransportDissector {
  private static final String TOO_SMALL = "corrupted udp packet, size is too small";
  private static final String BAD_LENGTH = "corrupted udp packet, invalid length";

  private final UdpEvents events = new UdpEvents();
  private final RuleErrors errors;
  private final MalformedPackets malformed;
  private final boolean haka;
  private DatagramPolicy policy = DatagramPolicy.REGISTERED;
  private @Nullable DatagramReceiver receiver;
  private @Nullable DatagramTunnel tunnel;
  private @Nullable UdpPacket view;

  /** Makes the dissector of UDP, not registered for its protocol number yet. */
  public UdpDissector(WorkerContext context) {
    errors = new RuleErrors(context, "lua", "udp: ");
    malformed = new MalformedPackets(context, "udp");
    haka = context.mode().hakaCompatible();
  }

  @Override
  public String name() {
    return "udp";
  }

  /** Returns the events of UDP packets. */
  public UdpEvents events() {
    return events;
  }

  /** Hands packets to {@code next}, or sends them on when it is null. */
  public void setReceiver(@Nullable DatagramReceiver next) {
    receiver = next;
  }

  /** Lets {@code way} go into packets that carry others, before anybody else receives them. */
  public void setTunnel(DatagramTunnel way) {
    tunnel = way;
  }

  /** Lets {@code choice} say who each packet goes to. */
  public void setPolicy(DatagramPolicy choice) {
    ListenerScope.replaced(policy, choice, chosen -> policy = chosen);
    policy = choice;
  }

  @Override
  public void receive(IpPacket ip) {
    UdpPacket udp = lay(ip);
    if (udp == null) {
      return;
    }
    try {
      if (signal(events.receivePacket(), udp) && !enters(udp)) {
        pass(udp);
      }
    } catch (RuleAbort abort) {
      udp.drop(DropReason.RULE);
    }
  }

  private boolean enters(UdpPacket udp) {
    DatagramTunnel way = tunnel;
    return way != null && way.enter(udp);
  }

  private void pass(UdpPacket udp) {
    DatagramReceiver next = choose(udp);
    if (!udp.isValid()) {
      return;
    }
    if (next != null) {
      next.receive(udp);
    } else {
      send(udp);
    }
  }

  /** A policy that fails and may do so leaves the packet to whom it would go without it. */
  private @Nullable DatagramReceiver choose(UdpPacket udp) {
    try {
      return policy.select(udp, receiver);
    } catch (RuleFailure failure) {
      if (!errors.survives(failure, udp.packet())) {
        udp.drop(DropReason.RULE_ERROR);
      }
      return receiver;
    }
  }

  private @Nullable UdpPacket lay(IpPacket ip) {
    int available = ip.payloadLength();
    if (available < UdpLayout.HEADER_BYTES) {
      receiveShort(ip);
      return null;
    }
    int at = ip.payloadOffset() + UdpLayout.LENGTH;
    int length = (ip.payloadArray()[at] & 0xff) << 8 | (ip.payloadArray()[at + 1] & 0xff);
    boolean fits = length >= UdpLayout.HEADER_BYTES && length <= available + ip.missingLength();
    if (!fits && !haka && !isLeftOpen(length, available)) {
      refuse(ip, BAD_LENGTH);
      return null;
    }
    UdpPacket udp = viewOf(ip);
    // Haka takes everything for data, whatever the length says
    udp.lay(ip, fits && !haka ? Math.max(0, available - length) : 0);
    return udp;
  }

  /** RFC 2675 section 4: 0 when the packet is too long for the field to say. */
  private static boolean isLeftOpen(int length, int available) {
    return length == 0 && available > 0xffff;
  }

  private void receiveShort(IpPacket ip) {
    if (haka || ip.missingLength() > 0) {
      // Haka lets what it cannot parse pass; what a capture cut off was there
      ip.send();
    } else {
      refuse(ip, TOO_SMALL);
    }
  }

  private void refuse(IpPacket ip, String description) {
    if (malformed.report(
        ip.packet(), description, ip.source().toString(), ip.destination().toString())) {
      ip.send();
    } else {
      ip.drop(DropReason.MALFORMED);
    }
  }

  private UdpPacket viewOf(IpPacket ip) {
    UdpPacket udp = view;
    if (udp == null || udp.isRetained()) {
      udp = new UdpPacket(this, ip);
      view = udp;
    }
    return udp;
  }

  /**
   * Makes a packet with an empty header and {@code dataBytes} zeros on a forged IP packet, whose
   * payload it replaces and whose protocol becomes UDP.
   */
  public UdpPacket create(IpPacket ip, int dataBytes) {
    ip.setProtocol(UdpLayout.PROTOCOL);
    int length = UdpLayout.HEADER_BYTES + dataBytes;
    ip.replacePayload(new byte[length], 0, length);
    UdpPacket udp = new UdpPacket(this, ip);
    udp.setLength(length);
    return udp.retain();
  }

  /** Sends a packet; see {@link UdpPacket#send}. */
  void send(UdpPacket udp) {
    if (!udp.isValid()) {
      throw new IllegalStateException("invalid udp packet");
    }
    try {
      if (signal(events.sendPacket(), udp)) {
        udp.repair();
        udp.ip().send();
      }
    } catch (RuleAbort abort) {
      udp.drop(DropReason.RULE);
    }
  }

  private boolean signal(EventPoint<UdpPacketListener> event, UdpPacket udp) {
    for (int i = 0; i < event.size(); i++) {
      try {
        event.get(i).packet(udp);
      } catch (RuleFailure failure) {
        if (!errors.survives(failure, udp.packet())) {
          udp.drop(DropReason.RULE_ERROR);
        }
      }
      if (!udp.isValid()) {
        return false;
      }
    }
    return true;
  }
}
