package dev.tiaki.dissector.ip;

import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Enclosure;
import dev.tiaki.engine.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * The IP packet of a tunnel around the packet that rules see. When that one leaves edited, lengths
 * and checksums of the outer headers are made right.
 */
public final class OuterPacket implements Enclosure {
  /** Repairs what stands between the outer IP header and the inner packet. */
  @FunctionalInterface
  public interface Repair {
    /** Nothing stands there. */
    Repair NONE = outer -> {};

    /** Makes lengths and checksums in {@code outer}'s payload right; its length is already. */
    void repair(IpPacket outer);
  }

  /** What a length of 16 bits can say. */
  private static final DropOrigin TOO_LONG = DropOrigin.of("limit of 65 535 bytes of an ip packet");

  private static final int MAX_LENGTH = 0xffff;

  private final IpPacket ip;
  private final Repair repair;
  private final @Nullable Enclosure around;
  private final int networkOffset;
  private final int etherType;
  private final int behind;
  private final int depth;
  private final long network;

  private OuterPacket(
      IpPacket ip,
      Repair repair,
      @Nullable Enclosure around,
      int networkOffset,
      int etherType,
      int behind,
      long network) {
    this.network = network;
    this.ip = ip;
    this.repair = repair;
    this.around = around;
    this.networkOffset = networkOffset;
    this.etherType = etherType;
    this.behind = behind;
    this.depth = around instanceof OuterPacket outer ? outer.depth + 1 : 1;
  }

  /** Returns how many tunnels {@code packet} is in. */
  public static int depth(Packet packet) {
    return packet.enclosure() instanceof OuterPacket outer ? outer.depth : 0;
  }

  /**
   * Goes into the payload of {@code ip}, whose view is kept: from now on the frame's network header
   * is the inner one.
   *
   * @param innerOffset where the inner network header starts in the frame
   * @param innerType its EtherType
   * @param network which virtual network it is of, 0 when the tunnel does not say
   */
  public static void enter(
      IpPacket ip, Repair repair, int innerOffset, int innerType, long network) {
    Packet packet = ip.packet();
    ip.retain();
    int behind = packet.length() - ip.payloadOffset() - ip.payloadLength();
    packet.setEnclosure(
        new OuterPacket(
            ip,
            repair,
            packet.enclosure(),
            packet.networkOffset(),
            packet.etherType(),
            behind,
            inside(packet.network(), network)));
    packet.setNetwork(innerOffset, innerType);
  }

  /** Mixes the number of a network with that of the one around it; 0 adds nothing. */
  private static long inside(long around, long network) {
    return network == 0 ? around : (around * 31 + network) * 0x9e37_79b9_7f4a_7c15L;
  }

  @Override
  public long network() {
    return network;
  }

  /** Returns the outer packet. */
  public IpPacket ip() {
    return ip;
  }

  @Override
  public void leave(Packet packet) {
    packet.setEnclosure(around);
    packet.setNetwork(networkOffset, etherType);
    if (packet.isModified()) {
      int end = packet.length() - behind;
      if (end - networkOffset > MAX_LENGTH) {
        packet.blame(TOO_LONG);
        packet.drop(DropReason.BOUND);
        return;
      }
      layAgain(ip, packet, end);
      repair.repair(ip);
    }
    ip.send();
  }

  @Override
  public Enclosure copyFor(Packet forged, boolean reversed) {
    Enclosure outer = around == null ? null : around.copyFor(forged, reversed);
    IpPacket copy = copyOver(forged, reversed);
    return new OuterPacket(copy, repair, outer, networkOffset, etherType, 0, network);
  }

  /** Makes the same view over a forged packet whose frame begins with the same headers. */
  private IpPacket copyOver(Packet forged, boolean reversed) {
    int innerOffset = forged.networkOffset();
    int innerType = forged.etherType();
    forged.setNetwork(networkOffset, etherType);
    IpPacket copy = ip.dissector().newView(forged);
    layAgain(copy, forged, forged.length());
    if (reversed) {
      copy.setSource(ip.destination());
      copy.setDestination(ip.source());
    }
    forged.setNetwork(innerOffset, innerType);
    return copy.retain();
  }

  /** Lays a view again over a packet whose payload was edited and ends elsewhere in the frame. */
  private static void layAgain(IpPacket view, Packet edited, int end) {
    int start = edited.networkOffset();
    int length = view.isIpv6() ? end - start - Ipv6Length.HEADER_BYTES : end - start;
    int field = start + (view.isIpv6() ? Ipv6Length.FIELD : Ipv4Length.FIELD);
    edited.array()[field] = (byte) (length >> 8);
    edited.array()[field + 1] = (byte) length;
    view.dissector().lay(view, edited);
    view.writeHeader();
  }

  /** Where the total length stands, RFC 791 section 3.1. */
  private static final class Ipv4Length {
    static final int FIELD = 2;
  }

  /** Where the payload length stands, and what it does not count, RFC 8200 section 3. */
  private static final class Ipv6Length {
    static final int FIELD = 4;
    static final int HEADER_BYTES = 40;
  }
}
