package dev.tiaki.dissector.ipv4;

import dev.tiaki.dissector.ip.Fragment;
import dev.tiaki.dissector.ip.FragmentLimits;
import dev.tiaki.dissector.ip.FragmentWriter;
import dev.tiaki.dissector.ip.IpDissector;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ip.TransportDissectors;
import dev.tiaki.dissector.packet.MalformedPackets;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Dissects IPv4. Refused with an alert: a header that is cut or too short, and a total length that
 * the frame does not hold. What a wrong header checksum means is a setting.
 */
public final class Ipv4Dissector extends IpDissector {
  /** The EtherType of IPv4. */
  public static final int ETHER_TYPE = 0x0800;

  private static final String TOO_SMALL = "corrupted ip packet, size is too small";
  private static final String CORRUPTED = "corrupted ip packet";
  private static final String INVALID_SIZE = "invalid ip packet, invalid size is too small";
  private static final String INVALID_FRAGMENT = "invalid ipv4 fragment";
  private static final DropOrigin BAD_CHECKSUM = DropOrigin.of("wrong ipv4 header checksum");
  private static final int FORGED_TTL = 64;
  private static final Duration HAKA_TIMEOUT = Duration.ofMinutes(2);

  /** Ethernet pads shorter packets to 46 bytes. */
  private static final int LARGEST_PADDED = 46;

  private final MalformedPackets malformed;
  private final FragmentWriter writer = new Ipv4FragmentWriter();
  private final boolean haka;
  private final Counter badChecksums;
  private HeaderChecksums headerChecksums;

  /** Makes the dissector of IPv4, not registered at {@code root} yet. */
  public Ipv4Dissector(
      WorkerContext context,
      PacketDissector root,
      TransportDissectors transports,
      FragmentLimits limits) {
    super("ipv4", context, root, transports, patient(context, limits), true);
    malformed = new MalformedPackets(context, "ipv4");
    haka = context.mode().hakaCompatible();
    badChecksums =
        context.counters().counter("ipv4.badChecksum", "ipv4 packets with a bad header checksum");
    headerChecksums = haka ? HeaderChecksums.IGNORED : HeaderChecksums.COUNTED;
  }

  /** Says what a wrong header checksum means; {@link HeaderChecksums#COUNTED} but for Haka. */
  public void setHeaderChecksums(HeaderChecksums meaning) {
    headerChecksums = meaning;
  }

  @Override
  protected boolean admits(IpPacket ip) {
    Ipv4Packet packet = (Ipv4Packet) ip;
    if (headerChecksums == HeaderChecksums.IGNORED
        || packet.verifyChecksum()
        || packet.checksum() == 0) {
      return true;
    }
    badChecksums.increment();
    if (headerChecksums == HeaderChecksums.REQUIRED && context().mode().enforcing()) {
      packet.packet().blame(BAD_CHECKSUM);
      packet.packet().drop(DropReason.MALFORMED);
      return false;
    }
    return true;
  }

  /** Haka waits for ever; two minutes is the most that RFC 1122 section 3.3.2 allows. */
  private static FragmentLimits patient(WorkerContext context, FragmentLimits limits) {
    return context.mode().hakaCompatible() ? limits.waitingAtLeast(HAKA_TIMEOUT) : limits;
  }

  /**
   * Puts an empty IPv4 header in front of what a forged packet carries behind its link header:
   * version 4, header length 20, the total length, and zeros.
   */
  public Ipv4Packet create(Packet packet) {
    int start = packet.networkOffset();
    int length = packet.length() - start;
    byte[] frame = new byte[packet.length() + Ipv4Layout.MIN_HEADER_BYTES];
    System.arraycopy(packet.array(), 0, frame, 0, start);
    System.arraycopy(packet.array(), start, frame, start + Ipv4Layout.MIN_HEADER_BYTES, length);
    packet.setFrame(frame, frame.length);
    return plainHeader(packet);
  }

  private Ipv4Packet plainHeader(Packet packet) {
    Ipv4Packet ip = new Ipv4Packet(this, packet);
    int length = packet.length() - packet.networkOffset();
    ip.lay(packet, Ipv4Layout.MIN_HEADER_BYTES, length - Ipv4Layout.MIN_HEADER_BYTES, 0);
    ip.setVersion(Ipv4Layout.VERSION);
    ip.setHeaderLength(Ipv4Layout.MIN_HEADER_BYTES);
    ip.setTotalLength(length);
    ip.retain();
    return ip;
  }

  @Override
  protected IpPacket newView(Packet packet) {
    return new Ipv4Packet(this, packet);
  }

  @Override
  protected boolean lay(IpPacket view, Packet packet) {
    byte[] frame = packet.array();
    int start = packet.networkOffset();
    int available = packet.length() - start;
    if (available < Ipv4Layout.MIN_HEADER_BYTES) {
      malformed.refuse(packet, TOO_SMALL);
      return false;
    }
    int headerLength = (frame[start] & 0xf) << 2;
    if (headerLength < Ipv4Layout.MIN_HEADER_BYTES || !mayBeVersion(frame[start] >> 4)) {
      malformed.refuse(packet, CORRUPTED);
      return false;
    }
    int total = totalLength(packet, frame, start, available);
    int missing = Math.max(0, total - available);
    if (total < headerLength || headerLength > available || !mayMiss(packet, missing)) {
      dropWithAddresses(packet, INVALID_SIZE);
      return false;
    }
    ((Ipv4Packet) view).lay(packet, headerLength, total - headerLength - missing, missing);
    return true;
  }

  /**
   * A total length of 0 is left open for the network card to fill in for each segment that it cuts
   * from a larger one: such a packet ends with its frame, which is too long to be padded.
   */
  private int totalLength(Packet packet, byte[] frame, int start, int available) {
    int total = (frame[start + 2] & 0xff) << 8 | (frame[start + 3] & 0xff);
    int wire = available + packet.originalLength() - packet.length();
    return total == 0 && !haka && wire > LARGEST_PADDED ? wire : total;
  }

  /** Haka does not look at the version. */
  private boolean mayBeVersion(int version) {
    return version == Ipv4Layout.VERSION || haka;
  }

  /** A capture that was cut holds less than the wire did; that is not the packet's fault. */
  private boolean mayMiss(Packet packet, int missing) {
    return missing == 0 || (!haka && missing <= packet.originalLength() - packet.length());
  }

  private void dropWithAddresses(Packet packet, String description) {
    int start = packet.networkOffset();
    malformed.refuse(
        packet,
        description,
        IpAddress.readIpv4(packet.array(), start + Ipv4Layout.SOURCE).toString(),
        IpAddress.readIpv4(packet.array(), start + Ipv4Layout.DESTINATION).toString());
  }

  @Override
  protected @Nullable Fragment fragment(IpPacket ip) {
    Ipv4Packet packet = (Ipv4Packet) ip;
    int offset = packet.fragmentOffset();
    int length = packet.payloadLength();
    boolean last = !packet.moreFragments();
    int headerLength = packet.payloadOffset() - packet.packet().networkOffset();
    if (packet.missingLength() > 0
        || (!last && (length == 0 || (length & 7) != 0))
        || offset + length > Ipv4Layout.MAX_TOTAL_LENGTH - headerLength) {
      // all but the last are whole units of 8 bytes, and no datagram is longer than 65 535 bytes
      dropInvalidFragment(packet.packet());
      return null;
    }
    return new Fragment(packet.packet(), headerLength, length, offset, last);
  }

  @Override
  protected int identification(IpPacket ip) {
    return ((Ipv4Packet) ip).identification();
  }

  @Override
  protected int keyProtocol(IpPacket ip) {
    return ip.protocol();
  }

  @Override
  protected int payloadStart(IpPacket ip, byte[] data) {
    return 0;
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
    return Arrays.copyOfRange(ip.packet().array(), start, start + Ipv4Layout.MIN_HEADER_BYTES);
  }

  @Override
  protected int plainHeaderLength() {
    return Ipv4Layout.MIN_HEADER_BYTES;
  }

  @Override
  protected IpPacket create(Packet packet, IpPacket like, boolean reversed, int protocol) {
    Ipv4Packet ip = plainHeader(packet);
    ip.setTtl(FORGED_TTL);
    ip.setProtocol(protocol);
    ip.setSource(reversed ? like.destination() : like.source());
    ip.setDestination(reversed ? like.source() : like.destination());
    return ip;
  }

  @Override
  protected IpPacket createContinuation(Packet packet, IpPacket like) {
    Ipv4Packet of = (Ipv4Packet) like;
    Ipv4Packet ip = plainHeader(packet);
    ip.setTypeOfService(of.typeOfService());
    ip.setFlags(of.flags());
    ip.setMoreFragments(false);
    ip.setTtl(of.ttl());
    ip.setProtocol(of.protocol());
    ip.setSource(of.source());
    ip.setDestination(of.destination());
    return ip;
  }
}
