package dev.tiaki.dissector.tcp;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ip.TransportDissector;
import dev.tiaki.dissector.packet.MalformedPackets;
import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.event.ListenerScope;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import org.jspecify.annotations.Nullable;

/**
 * Dissects TCP packets, each on its own. Refused with an alert: a header that is cut, shorter than
 * 20 bytes, or longer than the packet.
 */
public final class TcpDissector implements TransportDissector {
  private static final String TOO_SMALL = "corrupted tcp packet, size is too small";
  private static final String HEADER_TOO_SMALL = "corrupted tcp packet, header length is too small";

  private final WorkerContext context;
  private final TcpSettings settings;
  private final TcpEvents events = new TcpEvents();
  private final MalformedPackets malformed;
  private final RuleErrors errors;
  private final Counter badChecksums;
  private final SegmentSplitter splitter;
  private final HeldPackets held = new HeldPackets();
  private SegmentPolicy policy = SegmentPolicy.REGISTERED;
  private @Nullable SegmentReceiver receiver;
  private @Nullable TcpPacket view;

  /** Makes the dissector of one worker, not registered with IP yet. */
  public TcpDissector(WorkerContext context, TcpSettings settings) {
    this.context = context;
    this.settings = settings;
    malformed = new MalformedPackets(context, "tcp");
    errors = new RuleErrors(context, "lua", "tcp: ");
    badChecksums = context.counters().counter("tcp.badChecksum", "TCP packets with a bad checksum");
    splitter = new SegmentSplitter(this, settings);
  }

  @Override
  public String name() {
    return "tcp";
  }

  /** Returns the events of TCP packets. */
  public TcpEvents events() {
    return events;
  }

  /** Hands packets to {@code next} after their own events; without one they are sent on. */
  public void setReceiver(SegmentReceiver next) {
    receiver = next;
  }

  /** Lets {@code segmentPolicy} choose the receiver of each packet. */
  public void setPolicy(SegmentPolicy segmentPolicy) {
    ListenerScope.replaced(policy, segmentPolicy, chosen -> policy = chosen);
    policy = segmentPolicy;
  }

  /** Returns what every dissector of the worker is given. */
  public WorkerContext context() {
    return context;
  }

  /** Returns how packets are treated. */
  public TcpSettings settings() {
    return settings;
  }

  /**
   * Verifies the checksum and counts a bad one; a packet that the capture cut counts as good, and
   * so does one whose checksum a network card will compute.
   *
   * @return whether it is right, as far as can be known
   */
  public boolean verifyChecksum(TcpPacket tcp) {
    if (tcp.missingLength() > 0 || tcp.packet().isChecksumMissing() || tcp.verifyChecksum()) {
      return true;
    }
    badChecksums.increment();
    return false;
  }

  @Override
  public void receive(IpPacket ip) {
    TcpPacket tcp = lay(ip);
    if (tcp == null) {
      return;
    }
    if (settings.verifyChecksums() == VerifyChecksums.ALWAYS && !verifyChecksum(tcp)) {
      refuseBadChecksum(tcp);
      return;
    }
    try {
      if (signal(events.receivePacket(), tcp) && !TcpStream.isHeld(tcp.packet())) {
        pass(tcp);
      }
    } catch (RuleAbort abort) {
      tcp.drop(DropReason.RULE);
    }
  }

  private void refuseBadChecksum(TcpPacket tcp) {
    if (context.mode().enforcing()) {
      tcp.drop(DropReason.MALFORMED);
    } else {
      send(tcp);
    }
  }

  private void pass(TcpPacket tcp) {
    SegmentReceiver next = choose(tcp);
    if (!tcp.isValid()) {
      return;
    }
    if (next != null) {
      next.receive(tcp);
    } else {
      send(tcp);
    }
  }

  /** A policy that fails and may do so leaves the packet to whom it would go without it. */
  private @Nullable SegmentReceiver choose(TcpPacket tcp) {
    try {
      return policy.select(tcp, receiver);
    } catch (RuleFailure failure) {
      if (!errors.survives(failure, tcp.packet())) {
        tcp.drop(DropReason.RULE_ERROR);
      }
      return receiver;
    }
  }

  private @Nullable TcpPacket lay(IpPacket ip) {
    int available = ip.payloadLength();
    if (available < TcpLayout.MIN_HEADER_BYTES) {
      refuse(ip, TOO_SMALL);
      return null;
    }
    int headerLength = (ip.payloadArray()[ip.payloadOffset() + TcpLayout.DATA_OFFSET] & 0xf0) >>> 2;
    if (headerLength < TcpLayout.MIN_HEADER_BYTES
        || headerLength > available + ip.missingLength()) {
      refuse(ip, HEADER_TOO_SMALL);
      return null;
    }
    TcpPacket tcp = view;
    if (tcp == null || tcp.isRetained()) {
      tcp = new TcpPacket(this);
      view = tcp;
    }
    tcp.layOver(ip, headerLength);
    return tcp;
  }

  private void refuse(IpPacket ip, String description) {
    if (malformed.report(
        ip.packet(), description, ip.source().toString(), ip.destination().toString())) {
      ip.send();
    } else {
      ip.drop(DropReason.MALFORMED);
    }
  }

  /**
   * Puts a plain header in front of the payload of a forged IP packet: header length 20, the rest
   * 0. The IP packet's protocol becomes TCP.
   */
  public TcpPacket create(IpPacket ip) {
    ip.setProtocol(TcpLayout.PROTOCOL);
    byte[] whole = new byte[TcpLayout.MIN_HEADER_BYTES + ip.payloadLength()];
    System.arraycopy(
        ip.payloadArray(),
        ip.payloadOffset(),
        whole,
        TcpLayout.MIN_HEADER_BYTES,
        ip.payloadLength());
    ip.replacePayload(whole, 0, whole.length);
    return over(ip);
  }

  /** Lays a view of its own over a forged IP packet whose payload begins with room for a header. */
  TcpPacket over(IpPacket ip) {
    return over(ip, TcpLayout.MIN_HEADER_BYTES);
  }

  TcpPacket over(IpPacket ip, int headerBytes) {
    TcpPacket tcp = new TcpPacket(this);
    tcp.layOver(ip, headerBytes);
    tcp.retain();
    tcp.setHeaderLength(headerBytes);
    return tcp;
  }

  /** Makes a bare packet between the ends of {@code like}, of which only the ports are set. */
  public TcpPacket forge(TcpPacket like, boolean towardsSource) {
    IpPacket ip = like.ip().forge(towardsSource, TcpLayout.PROTOCOL, TcpLayout.MIN_HEADER_BYTES);
    TcpPacket tcp = over(ip);
    tcp.setSourcePort(towardsSource ? like.destinationPort() : like.sourcePort());
    tcp.setDestinationPort(towardsSource ? like.sourcePort() : like.destinationPort());
    return tcp;
  }

  /** Makes a stream for rules that put packets in order themselves. */
  public TcpStream newStream() {
    return new TcpStream(this);
  }

  HeldPackets held() {
    return held;
  }

  @Override
  public void finish() {
    held.finish();
  }

  /** Sends a packet; see {@link TcpPacket#send}. */
  void send(TcpPacket tcp) {
    if (!tcp.isValid()) {
      throw new IllegalStateException("invalid tcp packet");
    }
    try {
      if (signal(events.sendPacket(), tcp)) {
        splitter.send(tcp);
      }
    } catch (RuleAbort abort) {
      tcp.drop(DropReason.RULE);
    }
  }

  private boolean signal(EventPoint<TcpPacketListener> event, TcpPacket tcp) {
    if (event.isEmpty()) {
      return true;
    }
    for (int i = 0; i < event.size(); i++) {
      try {
        event.get(i).packet(tcp);
      } catch (RuleFailure failure) {
        if (!errors.survives(failure, tcp.packet())) {
          tcp.drop(DropReason.RULE_ERROR);
        }
      }
      if (!tcp.isValid()) {
        return false;
      }
    }
    tcp.commit();
    return true;
  }
}
