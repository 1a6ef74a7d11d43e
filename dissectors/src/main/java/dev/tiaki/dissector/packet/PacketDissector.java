package dev.tiaki.dissector.packet;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.event.ListenerScope;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Enclosure;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.PacketReceiver;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The root of the dissectors: every frame enters here and every frame that leaves leaves here.
 *
 * <p>A frame is shown to the listeners of {@code receive_packet}, then handed to the dissector that
 * is registered for its EtherType. Frames that nobody takes, such as ARP, are sent on.
 */
public final class PacketDissector implements PacketReceiver {
  private static final DropOrigin UNKNOWN_DISSECTOR =
      DropOrigin.of("policy next_dissector of packet: unknown dissector");
  private static final int ETHER_TYPE_IPV4 = 0x0800;

  private final WorkerContext context;
  private final LinkDecoder link;
  private final PacketEvents events = new PacketEvents();
  private final RuleErrors errors;
  private final ForgedFrames forgedFrames;
  private final List<Registration> registrations = new ArrayList<>();
  private NetworkPolicy policy = this::byDefault;
  private LinkType lastLinkType = LinkType.ETHERNET;

  private record Registration(int etherType, NetworkDissector dissector) {}

  /** Makes a root without network dissectors. */
  public PacketDissector(WorkerContext context, LinkDecoder link) {
    this.context = context;
    this.link = link;
    this.errors = new RuleErrors(context, "lua", "receive: ");
    this.forgedFrames = new ForgedFrames(context);
  }

  /** Returns the events of raw packets. */
  public PacketEvents events() {
    return events;
  }

  /** Hands frames of {@code etherType} to {@code dissector}. */
  public void setNetworkDissector(int etherType, NetworkDissector dissector) {
    registrations.removeIf(registration -> registration.etherType == etherType);
    registrations.add(new Registration(etherType, dissector));
  }

  /** Returns the dissector that is registered for {@code etherType}, or null. */
  public @Nullable NetworkDissector networkDissector(int etherType) {
    for (int i = 0; i < registrations.size(); i++) {
      Registration registration = registrations.get(i);
      if (registration.etherType == etherType) {
        return registration.dissector;
      }
    }
    return null;
  }

  /** Lets {@code policy} choose the dissector of each frame instead of {@link #byDefault}. */
  public void setPolicy(NetworkPolicy policy) {
    ListenerScope.replaced(this.policy, policy, chosen -> this.policy = chosen);
    this.policy = policy;
  }

  /**
   * The policy that holds unless another is set: the registered dissector. Only as Haka does it, an
   * IPv4 frame that no dissector was loaded for is dropped with an alert.
   */
  public @Nullable NetworkDissector byDefault(Packet packet, @Nullable NetworkDissector known) {
    if (known == null && context.mode().hakaCompatible() && packet.etherType() == ETHER_TYPE_IPV4) {
      alertUnknownDissector(packet);
      packet.blame(UNKNOWN_DISSECTOR);
      packet.drop(DropReason.POLICY);
    }
    return known;
  }

  private void alertUnknownDissector(Packet packet) {
    context
        .alerts()
        .post(
            new Alert(
                context.alertIds().next(),
                false,
                context.time().nanos(),
                null,
                null,
                null,
                null,
                null,
                "dropping unknown dissector 'ipv4'",
                null,
                List.of(),
                List.of(),
                List.of(),
                new AlertContext(packet.number(), 0, null, null, null)));
  }

  @Override
  public void receive(Packet packet) {
    lastLinkType = packet.linkType();
    link.decode(packet);
    try {
      if (!signal(events.receivePacket(), packet)) {
        return;
      }
      NetworkDissector next = choose(packet, networkDissector(packet.etherType()));
      if (!packet.isPending()) {
        return;
      }
      if (next != null) {
        next.receive(packet);
      } else {
        send(packet);
      }
    } catch (RuleAbort abort) {
      packet.drop(DropReason.RULE);
    }
  }

  /** A policy that fails and may do so leaves the packet to whom it would go without it. */
  private @Nullable NetworkDissector choose(Packet packet, @Nullable NetworkDissector known) {
    try {
      return policy.select(packet, known);
    } catch (RuleFailure failure) {
      if (!errors.survives(failure, packet)) {
        packet.drop(DropReason.RULE_ERROR);
      }
      return known;
    }
  }

  /**
   * Makes a packet that was not captured: a blank link header like that of the last frame received
   * and {@code size} zeros behind it.
   */
  public Packet create(int size, int etherType) {
    return forgedFrames.blank(lastLinkType, etherType, size);
  }

  /**
   * Shows a packet to the listeners of {@code send_packet} and accepts it unless they drop it. A
   * packet of a tunnel goes back into the outer packet, which is sent instead.
   */
  public void send(Packet packet) {
    Enclosure around = packet.enclosure();
    if (around != null) {
      around.leave(packet);
      return;
    }
    try {
      if (signal(events.sendPacket(), packet)) {
        if (packet.isModified()) {
          link.repairLengths(packet);
        }
        packet.accept();
      }
    } catch (RuleAbort abort) {
      packet.drop(DropReason.RULE);
    }
  }

  /** Drops whatever is still held by the network dissectors; called when no more packets come. */
  public void finish() {
    for (Registration registration : registrations) {
      registration.dissector.finish();
    }
  }

  private boolean signal(EventPoint<PacketListener> event, Packet packet) {
    for (int i = 0; i < event.size(); i++) {
      try {
        event.get(i).packet(packet);
      } catch (RuleFailure failure) {
        if (!errors.survives(failure, packet)) {
          packet.drop(DropReason.RULE_ERROR);
        }
      }
      if (!packet.isPending()) {
        return false;
      }
    }
    return true;
  }
}
