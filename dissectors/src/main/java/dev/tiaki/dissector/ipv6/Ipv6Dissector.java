package dev.tiaki.dissector.ipv6;

import dev.tiaki.dissector.ip.Fragment;
import dev.tiaki.dissector.ip.FragmentLimits;
import dev.tiaki.dissector.ip.FragmentWriter;
import dev.tiaki.dissector.ip.IpDissector;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ip.TransportDissectors;
import dev.tiaki.dissector.packet.MalformedPackets;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Dissects IPv6, RFC 8200. Refused with an alert: a header that is cut, a payload length that the
 * frame does not hold, jumbograms but those that Linux makes of large segments, and a chain of
 * extension headers that is broken or does not fit into the first fragment.
 */
public final class Ipv6Dissector extends IpDissector {
  /** The EtherType of IPv6. */
  public static final int ETHER_TYPE = 0x86dd;

  private static final String TOO_SMALL = "corrupted ipv6 packet, size is too small";
  private static final String WRONG_VERSION = "corrupted ipv6 packet, version is not 6";
  private static final String INVALID_SIZE = "invalid ipv6 packet, size is too small";
  private static final String JUMBOGRAM = "unsupported ipv6 jumbogram";
  private static final String INVALID_EXTENSIONS = "invalid ipv6 extension headers";
  private static final String INVALID_FRAGMENT = "invalid ipv6 fragment";
  private static final int FORGED_HOP_LIMIT = 64;
  private static final int JUMBO_OPTION = 0xc2;
  private static final int JUMBO_HEADER_BYTES = 8;

  private final MalformedPackets malformed;
  private final FragmentWriter writer = new Ipv6FragmentWriter();

  /** Makes the dissector of IPv6, not registered at {@code root} yet. */
  public Ipv6Dissector(
      WorkerContext context,
      PacketDissector root,
      TransportDissectors transports,
      FragmentLimits limits) {
    super("ipv6", context, root, transports, limits, false);
    malformed = new MalformedPackets(context, "ipv6");
  }

  /**
   * Puts an empty IPv6 header in front of what a forged packet carries behind its link header:
   * version 6, the payload length, and zeros.
   */
  public Ipv6Packet create(Packet packet) {
    int start = packet.networkOffset();
    byte[] frame = new byte[packet.length() + Ipv6Layout.HEADER_BYTES];
    System.arraycopy(packet.array(), 0, frame, 0, start);
    System.arraycopy(
        packet.array(), start, frame, start + Ipv6Layout.HEADER_BYTES, packet.length() - start);
    packet.setFrame(frame, frame.length);
    return plainHeader(packet, 0);
  }

  private Ipv6Packet plainHeader(Packet packet, int protocol) {
    Ipv6Packet ip = new Ipv6Packet(this, packet);
    packet.array()[packet.networkOffset() + Ipv6Layout.NEXT_HEADER] = (byte) protocol;
    ip.layPlain(packet);
    ip.setVersion(Ipv6Layout.VERSION);
    ip.setClaimedPayloadLength(ip.payloadLength());
    ip.retain();
    return ip;
  }

  @Override
  protected IpPacket newView(Packet packet) {
    return new Ipv6Packet(this, packet);
  }

  @Override
  protected boolean lay(IpPacket view, Packet packet) {
    byte[] frame = packet.array();
    int start = packet.networkOffset();
    int available = packet.length() - start - Ipv6Layout.HEADER_BYTES;
    if (available < 0) {
      malformed.refuse(packet, TOO_SMALL);
      return false;
    }
    String problem = problem((Ipv6Packet) view, packet, frame, start, available);
    if (problem != null) {
      dropWithAddresses(packet, problem);
      return false;
    }
    return true;
  }

  /** Lays the view, or returns what is wrong. */
  private static @Nullable String problem(
      Ipv6Packet view, Packet packet, byte[] frame, int start, int available) {
    if ((frame[start] & 0xf0) >> 4 != Ipv6Layout.VERSION) {
      return WRONG_VERSION;
    }
    int length = (frame[start + 4] & 0xff) << 8 | (frame[start + 5] & 0xff);
    if (length == 0
        && (frame[start + Ipv6Layout.NEXT_HEADER] & 0xff) == ExtensionHeaders.HOP_BY_HOP) {
      // only the Jumbo Payload option gives this a meaning (RFC 2675)
      length = jumboLength(frame, start + Ipv6Layout.HEADER_BYTES, available);
      if (length < 0) {
        return JUMBOGRAM;
      }
    }
    int missing = Math.max(0, length - available);
    if (missing > packet.originalLength() - packet.length()) {
      return INVALID_SIZE;
    }
    int limit = start + Ipv6Layout.HEADER_BYTES + length - missing;
    if (!view.walk(packet, limit)) {
      return INVALID_EXTENSIONS;
    }
    view.lay(packet, limit, missing);
    return null;
  }

  /**
   * Returns the length in a Jumbo Payload option that fills the Hop-by-Hop Options header alone, as
   * Linux writes it in front of its largest segments; -1 when it is anything else.
   */
  private static int jumboLength(byte[] frame, int at, int available) {
    boolean alone =
        available >= JUMBO_HEADER_BYTES
            && frame[at + 1] == 0
            && (frame[at + 2] & 0xff) == JUMBO_OPTION
            && frame[at + 3] == 4;
    if (!alone || frame[at + 4] < 0) {
      return -1;
    }
    int length =
        frame[at + 4] << 24
            | (frame[at + 5] & 0xff) << 16
            | (frame[at + 6] & 0xff) << 8
            | (frame[at + 7] & 0xff);
    return length > Ipv6Layout.MAX_PAYLOAD_LENGTH ? length : -1;
  }

  private void dropWithAddresses(Packet packet, String description) {
    int start = packet.networkOffset();
    malformed.refuse(
        packet,
        description,
        IpAddress.readIpv6(packet.array(), start + Ipv6Layout.SOURCE).toString(),
        IpAddress.readIpv6(packet.array(), start + Ipv6Layout.DESTINATION).toString());
  }

  @Override
  protected @Nullable Fragment fragment(IpPacket ip) {
    Ipv6Packet packet = (Ipv6Packet) ip;
    int offset = packet.fragmentOffset();
    int length = packet.payloadLength();
    boolean last = !packet.moreFragments();
    if (packet.missingLength() > 0
        || (!last && (length == 0 || (length & 7) != 0))
        || offset + length > Ipv6Layout.MAX_PAYLOAD_LENGTH) {
      // RFC 8200 section 4.5: all but the last are whole units of 8 bytes
      dropInvalidFragment(packet.packet());
      return null;
    }
    int headerLength = packet.payloadOffset() - packet.packet().networkOffset();
    return new Fragment(packet.packet(), headerLength, length, offset, last);
  }

  @Override
  protected int identification(IpPacket ip) {
    return ((Ipv6Packet) ip).identification();
  }

  @Override
  protected int keyProtocol(IpPacket ip) {
    return 0;
  }

  @Override
  protected int payloadStart(IpPacket ip, byte[] data) {
    // RFC 7112: the first fragment holds the whole chain
    int start = ((Ipv6Packet) ip).walkReassembled(data, firstFragmentLength(ip));
    if (start < 0) {
      dropWithAddresses(ip.packet(), INVALID_EXTENSIONS);
    }
    return start;
  }

  private static int firstFragmentLength(IpPacket ip) {
    Ipv6Packet first = (Ipv6Packet) ip;
    return first.claimedPayloadLength() - first.extensionHeadersLength();
  }

  @Override
  protected void dropInvalidFragment(Packet packet) {
    dropWithAddresses(packet, INVALID_FRAGMENT);
  }

  @Override
  protected FragmentWriter writer() {
    return writer;
  }

  @Override
  protected byte[] sharedHeader(IpPacket ip) {
    int start = ip.packet().networkOffset();
    return Arrays.copyOfRange(ip.packet().array(), start, start + Ipv6Layout.HEADER_BYTES);
  }

  @Override
  protected int plainHeaderLength() {
    return Ipv6Layout.HEADER_BYTES;
  }

  @Override
  protected IpPacket create(Packet packet, IpPacket like, boolean reversed, int protocol) {
    Ipv6Packet ip = plainHeader(packet, protocol);
    ip.setTtl(FORGED_HOP_LIMIT);
    ip.setSource(reversed ? like.destination() : like.source());
    ip.setDestination(reversed ? like.source() : like.destination());
    return ip;
  }

  @Override
  protected IpPacket createContinuation(Packet packet, IpPacket like) {
    Ipv6Packet of = (Ipv6Packet) like;
    Ipv6Packet ip = plainHeader(packet, of.protocol());
    ip.setTrafficClass(of.trafficClass());
    ip.setFlowLabel(of.flowLabel());
    ip.setTtl(of.ttl());
    ip.setSource(of.source());
    ip.setDestination(of.destination());
    return ip;
  }
}
