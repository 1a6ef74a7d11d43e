package dev.tiaki.dissector.icmp;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ip.TransportDissector;
import dev.tiaki.dissector.packet.MalformedPackets;
import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.WorkerContext;
import org.jspecify.annotations.Nullable;

/** Dissects ICMP of one IP family: shows each message to the listeners and sends it on. */
public final class IcmpDissector implements TransportDissector {
  private final IcmpFamily family;
  private final String tooSmall;
  private final IcmpEvents events;
  private final RuleErrors errors;
  private final MalformedPackets malformed;
  private final boolean haka;
  private @Nullable IcmpPacket view;

  /** Makes the dissector of a family, not registered for its protocol number yet. */
  public IcmpDissector(WorkerContext context, IcmpFamily family) {
    this.family = family;
    events = new IcmpEvents(family.protocolName());
    tooSmall = "corrupted " + family.protocolName() + " packet, size is too small";
    errors = new RuleErrors(context, "lua", family.protocolName() + ": ");
    malformed = new MalformedPackets(context, family.protocolName());
    haka = context.mode().hakaCompatible();
  }

  @Override
  public String name() {
    return family.protocolName();
  }

  /** Returns which ICMP this is. */
  public IcmpFamily family() {
    return family;
  }

  /** Returns the events of ICMP packets. */
  public IcmpEvents events() {
    return events;
  }

  @Override
  public void receive(IpPacket ip) {
    if (ip.payloadLength() < IcmpPacket.HEADER_BYTES) {
      receiveShort(ip);
      return;
    }
    IcmpPacket icmp = viewOf(ip);
    try {
      if (signal(events.receivePacket(), icmp)) {
        send(icmp);
      }
    } catch (RuleAbort abort) {
      icmp.drop(DropReason.RULE);
    }
  }

  private void receiveShort(IpPacket ip) {
    // Haka lets what it cannot parse pass; what a capture cut off was there
    if (haka
        || ip.missingLength() > 0
        || malformed.report(
            ip.packet(), tooSmall, ip.source().toString(), ip.destination().toString())) {
      ip.send();
    } else {
      ip.drop(DropReason.MALFORMED);
    }
  }

  private IcmpPacket viewOf(IpPacket ip) {
    IcmpPacket icmp = view;
    if (icmp == null || icmp.isRetained()) {
      icmp = new IcmpPacket(this, ip);
      view = icmp;
    }
    icmp.lay(ip);
    return icmp;
  }

  /**
   * Makes an empty message of 8 bytes on a forged IP packet, whose payload it replaces and whose
   * protocol becomes ICMP.
   */
  public IcmpPacket create(IpPacket ip, int type, int code) {
    ip.setProtocol(family.protocol());
    ip.replacePayload(new byte[IcmpPacket.HEADER_BYTES], 0, IcmpPacket.HEADER_BYTES);
    IcmpPacket icmp = new IcmpPacket(this, ip);
    icmp.setType(type);
    icmp.setCode(code);
    return icmp.retain();
  }

  void send(IcmpPacket icmp) {
    try {
      if (!signal(events.sendPacket(), icmp)) {
        return;
      }
    } catch (RuleAbort abort) {
      icmp.drop(DropReason.RULE);
      return;
    }
    repair(icmp);
    icmp.ip().send();
  }

  void inject(IcmpPacket icmp) {
    repair(icmp);
    icmp.ip().inject();
  }

  private void repair(IcmpPacket icmp) {
    if (icmp.isModified() || (family.hasPseudoHeader() && icmp.ip().isPseudoHeaderModified())) {
      icmp.computeChecksum();
    }
  }

  private boolean signal(EventPoint<IcmpPacketListener> event, IcmpPacket icmp) {
    for (int i = 0; i < event.size(); i++) {
      try {
        event.get(i).packet(icmp);
      } catch (RuleFailure failure) {
        if (!errors.survives(failure, icmp.packet())) {
          icmp.drop(DropReason.RULE_ERROR);
        }
      }
      if (!icmp.ip().isValid()) {
        return false;
      }
    }
    return true;
  }
}
