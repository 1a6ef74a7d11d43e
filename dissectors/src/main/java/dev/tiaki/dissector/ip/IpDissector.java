package dev.tiaki.dissector.ip;

import dev.tiaki.dissector.packet.ForgedFrames;
import dev.tiaki.dissector.packet.NetworkDissector;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.event.ListenerScope;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Origin;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.WorkerContext;
import org.jspecify.annotations.Nullable;

/**
 * The way of an IP packet through its events, reassembly, and its transport protocol. The families
 * differ in how they lay a view over a header and describe a fragment.
 */
public abstract class IpDissector implements NetworkDissector {
  private final String name;
  private static final DropOrigin TOO_LONG = DropOrigin.of("limit of 65 535 bytes of an ip packet");

  private final WorkerContext context;
  private final PacketDissector root;
  private final TransportDissectors transports;
  private final IpEvents events;
  private final RuleErrors errors;
  private final ForgedFrames forgedFrames;
  private final FragmentTable fragments;
  private TransportPolicy policy = TransportPolicy.REGISTERED;
  private @Nullable IpPacket view;

  /**
   * Makes the dissector of one family.
   *
   * @param name {@code ipv4} or {@code ipv6}
   * @param overlapsAllowed whether overlapping fragments are put together or discard the datagram
   */
  protected IpDissector(
      String name,
      WorkerContext context,
      PacketDissector root,
      TransportDissectors transports,
      FragmentLimits limits,
      boolean overlapsAllowed) {
    this.name = name;
    this.context = context;
    this.root = root;
    this.transports = transports;
    this.events = new IpEvents(name);
    this.errors = new RuleErrors(context, "lua", name + ": ");
    this.forgedFrames = new ForgedFrames(context);
    this.fragments =
        new FragmentTable(
            context, name, limits, overlapsAllowed ? new LowerOffsetWins() : new NoOverlap());
  }

  @Override
  public final String name() {
    return name;
  }

  /** Returns the events of this family. */
  public final IpEvents events() {
    return events;
  }

  /** Lets {@code policy} choose the transport dissector of each packet. */
  public final void setPolicy(TransportPolicy policy) {
    ListenerScope.replaced(this.policy, policy, chosen -> this.policy = chosen);
    this.policy = policy;
  }

  /** Returns the number of datagrams that wait for fragments. */
  public final int waitingDatagrams() {
    return fragments.size();
  }

  /** Returns the bytes that frames of waiting datagrams take. */
  public final long heldFragmentBytes() {
    return fragments.heldBytes();
  }

  /** Returns what every dissector of the worker is given. */
  protected final WorkerContext context() {
    return context;
  }

  /** Returns where frames that were not captured come from. */
  protected final ForgedFrames forgedFrames() {
    return forgedFrames;
  }

  /** Tells whether a packet may be looked at only: captured ones in Haka's pass-through. */
  final boolean isReadOnly(Packet packet) {
    return context.mode().readOnlyBuffers() && packet.origin() == Origin.CAPTURED;
  }

  /** Makes a view that is not laid over {@code packet} yet. */
  protected abstract IpPacket newView(Packet packet);

  /** Lays a view over a packet; a malformed one is dropped with an alert, and false returned. */
  protected abstract boolean lay(IpPacket view, Packet packet);

  /** Tells whether a received packet goes on; one that does not was dropped. */
  protected boolean admits(IpPacket ip) {
    return true;
  }

  /** Describes the fragment that the view lies over, or drops it when it is invalid. */
  protected abstract @Nullable Fragment fragment(IpPacket ip);

  /** Returns the identification that the fragments of one datagram share. */
  protected abstract int identification(IpPacket ip);

  /** Returns the protocol that the fragments of one datagram share, 0 when it does not count. */
  protected abstract int keyProtocol(IpPacket ip);

  /**
   * Finds the payload in a reassembled datagram whose first fragment {@code ip} lies over.
   *
   * @return where the upper protocol starts in {@code data}, or -1 after the packet was dropped
   */
  protected abstract int payloadStart(IpPacket ip, byte[] data);

  /** Drops a fragment that contradicts the others, with an alert. */
  protected abstract void dropInvalidFragment(Packet packet);

  /** Returns what writes fragment headers. */
  protected abstract FragmentWriter writer();

  /** Returns a copy of the header fields that all fragments share. */
  protected abstract byte[] sharedHeader(IpPacket ip);

  /** Lays a plain header with time to live 64 over a forged packet. */
  protected abstract IpPacket create(Packet packet, IpPacket like, boolean reversed, int protocol);

  /** Lays the header of {@code like} without options over a forged packet. */
  protected abstract IpPacket createContinuation(Packet packet, IpPacket like);

  /** Returns the number of bytes of a header without options. */
  protected abstract int plainHeaderLength();

  @Override
  public final void receive(Packet packet) {
    IpPacket ip = view;
    if (ip == null || ip.isRetained()) {
      ip = newView(packet);
      view = ip;
    }
    if (lay(ip, packet) && admits(ip)) {
      process(ip);
    }
  }

  private void process(IpPacket ip) {
    IpPacket whole = null;
    try {
      if (!signal(events.receivePacket(), ip)) {
        return;
      }
      if (!ip.isFragment() || ip.dontReassemble()) {
        deliver(ip);
        return;
      }
      whole = reassemble(ip);
      if (whole != null) {
        deliver(whole);
      }
    } catch (RuleAbort abort) {
      (whole == null ? ip : whole).drop(DropReason.RULE);
    } finally {
      if (whole != null) {
        settle(whole);
      }
    }
  }

  /** Sees to it that no fragment stays held when the datagram was decided or left undecided. */
  private static void settle(IpPacket whole) {
    switch (whole.packet().verdict()) {
      case HELD -> {}
      case PENDING -> whole.drop(DropReason.UNCLAIMED);
      case ACCEPTED, DROPPED -> whole.drop(DropReason.RULE);
    }
  }

  private void deliver(IpPacket ip) {
    TransportDissector next = choose(ip, transportOf(ip));
    if (!ip.isValid() || !signal(events.receivePacketReassembled(), ip)) {
      return;
    }
    if (next != null) {
      next.receive(ip);
    } else {
      send(ip);
    }
  }

  /** A policy that fails and may do so leaves the packet to whom it would go without it. */
  private @Nullable TransportDissector choose(IpPacket ip, @Nullable TransportDissector known) {
    try {
      return policy.select(ip, known);
    } catch (RuleFailure failure) {
      if (!errors.survives(failure, ip.packet())) {
        ip.drop(DropReason.RULE_ERROR);
      }
      return known;
    }
  }

  private @Nullable TransportDissector transportOf(IpPacket ip) {
    // behind the first fragment there is no transport header
    return ip.startsDatagram() ? transports.get(ip.protocol()) : null;
  }

  private @Nullable IpPacket reassemble(IpPacket ip) {
    if (!ip.repair()) {
      ip.packet().blame(TOO_LONG);
      ip.drop(DropReason.BOUND);
      return null;
    }
    Fragment fragment = fragment(ip);
    if (fragment == null) {
      return null;
    }
    FragmentKey key = FragmentKey.of(ip, identification(ip), keyProtocol(ip));
    Datagram datagram = fragments.add(key, fragment, this::dropInvalidFragment);
    return datagram == null ? null : put(datagram);
  }

  private @Nullable IpPacket put(Datagram datagram) {
    byte[] data = datagram.assemble();
    Packet first = datagram.first().packet();
    first.resume();
    IpPacket whole = newView(first);
    if (!lay(whole, first)) {
      datagram.drop(DropReason.MALFORMED);
      return null;
    }
    whole.retain();
    byte[] shared = sharedHeader(whole);
    whole.reassembled(datagram, shared, data, 0);
    int start = payloadStart(whole, data);
    if (start < 0) {
      datagram.drop(DropReason.MALFORMED);
      return null;
    }
    whole.reassembled(datagram, shared, data, start);
    return whole;
  }

  private boolean signal(EventPoint<IpPacketListener> event, IpPacket ip) {
    for (int i = 0; i < event.size(); i++) {
      try {
        event.get(i).packet(ip);
      } catch (RuleFailure failure) {
        if (!errors.survives(failure, ip.packet())) {
          ip.drop(DropReason.RULE_ERROR);
        }
      }
      if (!ip.isValid()) {
        return false;
      }
    }
    if (event.size() > 0) {
      ip.commit();
    }
    return true;
  }

  /** Sends a packet; see {@link IpPacket#send}. */
  final void send(IpPacket ip) {
    if (!ip.isValid()) {
      throw new IllegalStateException("invalid " + name + " packet");
    }
    try {
      if (ip.standsFor() != null || signal(events.sendPacket(), ip)) {
        release(ip);
      } else {
        settle(ip);
      }
    } catch (RuleAbort abort) {
      ip.drop(DropReason.RULE);
    }
  }

  private void release(IpPacket ip) {
    ip.commit();
    IpPacket whole = ip.standsFor();
    if (whole != null) {
      sendFor(ip, whole);
      return;
    }
    Datagram datagram = ip.datagram();
    if (datagram != null) {
      new Refragmentation(datagram, writer(), root)
          .send(ip.payloadArray(), ip.originalHeader(), ip.isHeaderModified());
    } else if (ip.repair()) {
      root.send(ip.packet());
    } else {
      ip.packet().blame(TOO_LONG);
      ip.drop(DropReason.BOUND);
    }
    ip.left();
  }

  /** Sends the datagram that {@code ip} stands for, with what has become of its payload. */
  private static void sendFor(IpPacket ip, IpPacket whole) {
    if (ip.packet().isModified()) {
      whole.replacePayload(ip.payloadArray(), ip.payloadOffset(), ip.payloadLength());
    }
    ip.packet().accept();
    whole.send();
    ip.left();
  }

  final IpPacket standIn(IpPacket whole) {
    Packet first = whole.packet();
    int start = first.networkOffset();
    int payload = start + plainHeaderLength();
    Packet packet =
        context
            .packets()
            .standIn(first, payload + whole.payloadLength(), new DatagramVerdict(whole));
    System.arraycopy(first.array(), 0, packet.array(), 0, start);
    System.arraycopy(
        whole.payloadArray(),
        whole.payloadOffset(),
        packet.array(),
        payload,
        whole.payloadLength());
    packet.setNetwork(start, first.etherType());
    packet.setEnclosure(first.enclosure());
    IpPacket ip = createContinuation(packet, whole);
    ip.standFor(whole);
    return ip;
  }

  final void inject(IpPacket ip) {
    ip.commit();
    ip.repair();
    context.packets().inject(ip.packet());
  }

  final IpPacket forge(IpPacket like, boolean reversed, int protocol, int payloadLength) {
    Packet packet = forgedFrames.like(like.packet(), reversed, plainHeaderLength() + payloadLength);
    return create(packet, like, reversed, protocol);
  }

  final IpPacket continuation(IpPacket like, int payloadLength) {
    Packet packet = forgedFrames.like(like.packet(), false, plainHeaderLength() + payloadLength);
    return createContinuation(packet, like);
  }

  @Override
  public final void finish() {
    fragments.clear();
    transports.finish();
  }
}
