package dev.tiaki.dissector.ip;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.buffer.BufferException;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * An IP packet of either family, or a datagram reassembled from fragments, as upper protocols see
 * it.
 *
 * <p>It is a view that was checked once, when it was laid over the packet: no getter reads outside
 * the frame. The upper protocol's bytes are {@code payloadArray()[payloadOffset() .. +
 * payloadLength())}; they are the frame's own unless the datagram was reassembled. One view is used
 * for packet after packet; who keeps it past {@link TransportDissector#receive} calls {@link
 * #retain}.
 */
public abstract class IpPacket {
  private final IpDissector dissector;

  private final IpPayload payload;
  private Packet packet;
  private long generation;
  private byte[] header;
  private int headerOffset;
  private boolean headerModified;
  private boolean addressesModified;
  private boolean payloadModified;
  private boolean retained;
  private boolean dontReassemble;
  private @Nullable IpPacket standsFor;
  private @Nullable OuterPacket outer;
  private byte[] originalHeader = {};

  /** Makes a view of packets of {@code dissector}, not laid over any packet that matters yet. */
  protected IpPacket(IpDissector dissector, Packet packet) {
    this.dissector = dissector;
    this.packet = packet;
    this.header = packet.array();
    this.payload = new IpPayload(packet);
  }

  /**
   * Lays the view over another packet whose header was checked.
   *
   * @param headerBytes the length of everything in front of the payload
   * @param length the number of payload bytes that are there
   * @param missing the number of payload bytes that the capture cut off
   */
  protected final void layOver(Packet over, int headerBytes, int length, int missing) {
    packet = over;
    generation = over.generation();
    header = over.array();
    headerOffset = over.networkOffset();
    payload.layOver(over, headerOffset + headerBytes, length, missing);
    headerModified = false;
    addressesModified = false;
    payloadModified = false;
    dontReassemble = false;
    outer = over.enclosure() instanceof OuterPacket around ? around : null;
  }

  /** Returns the frame, the one of the first fragment for a reassembled datagram. */
  public final Packet packet() {
    return packet;
  }

  /** Returns the packet of the tunnel around this one, or null. */
  public final @Nullable IpPacket outer() {
    return outer == null ? null : outer.ip();
  }

  final IpDissector dissector() {
    return dissector;
  }

  /** Tells whether the packet has no verdict yet and the view still lies over it. */
  public final boolean isValid() {
    return packet.generation() == generation && packet.isPending();
  }

  /** Tells whether the addresses are of IPv6. */
  public abstract boolean isIpv6();

  /** Returns the number of the upper protocol, 0 to 255. */
  public abstract int protocol();

  /** Sets the number of the upper protocol; the low 8 bits count. */
  public abstract void setProtocol(int protocol);

  /** Returns the offset of the source address in {@link #header}; the destination follows it. */
  protected abstract int addressesOffset();

  /** Returns the source address. */
  public final IpAddress source() {
    return address(addressesOffset());
  }

  /** Returns the destination address. */
  public final IpAddress destination() {
    return address(addressesOffset() + addressBytes());
  }

  /** Sets the source address, which must be of the packet's family. */
  public final void setSource(IpAddress address) {
    setAddress(addressesOffset(), address);
  }

  /** Sets the destination address, which must be of the packet's family. */
  public final void setDestination(IpAddress address) {
    setAddress(addressesOffset() + addressBytes(), address);
  }

  private IpAddress address(int offset) {
    return isIpv6() ? IpAddress.readIpv6(header, offset) : IpAddress.readIpv4(header, offset);
  }

  private void setAddress(int offset, IpAddress address) {
    if (address.isIpv6() != isIpv6()) {
      throw new IllegalArgumentException("address of the other family: " + address);
    }
    writeHeader();
    addressesModified = true;
    address.write(header, offset);
  }

  /** Returns the first 64 bits of the source address, 0 for IPv4; allocates nothing. */
  public abstract long sourceHigh();

  /** Returns the last 64 bits of the source address, or the 32 bits of IPv4 as a number. */
  public abstract long sourceLow();

  /** Returns the first 64 bits of the destination address, 0 for IPv4; allocates nothing. */
  public abstract long destinationHigh();

  /** Returns the last 64 bits of the destination address, or the 32 bits of IPv4 as a number. */
  public abstract long destinationLow();

  private int addressBytes() {
    return isIpv6() ? IpAddress.IPV6_BYTES : IpAddress.IPV4_BYTES;
  }

  /** Returns the time to live, or the hop limit. */
  public abstract int ttl();

  /** Sets the time to live, or the hop limit; the low 8 bits count. */
  public abstract void setTtl(int ttl);

  /**
   * Returns the upper protocol's bytes as a buffer that rules may edit. Edits reach the frame by
   * {@link #commit}; one that changes the length makes the buffer invalid then.
   */
  public final VirtualBuffer payload() {
    return payload.buffer(isReadOnly());
  }

  /** Brings edits of {@link #payload} into the frame, so that others may read the bytes there. */
  public final void commit() {
    if (payload.commit()) {
      payloadChanged();
    }
  }

  private void payloadChanged() {
    if (payload.datagram() == null) {
      header = payload.array(); // the frame may be another one now
    }
    markPayloadModified();
  }

  /** Tells whether the packet may be looked at only. */
  public final boolean isReadOnly() {
    return dissector.isReadOnly(packet);
  }

  /** Returns the array that holds the upper protocol's bytes. */
  public final byte[] payloadArray() {
    return payload.array();
  }

  /** Returns where the upper protocol's bytes start in {@link #payloadArray}. */
  public final int payloadOffset() {
    return payload.offset();
  }

  /** Returns how many of the upper protocol's bytes there are; link padding does not count. */
  public final int payloadLength() {
    return payload.length();
  }

  /** Returns the length of the packet on the wire in bytes, IP header included. */
  public final int wireLength() {
    int headerBytes = isReassembled() ? originalHeader.length : payload.offset() - headerOffset;
    return headerBytes + payload.length() + payload.missingLength();
  }

  /** Returns how many more bytes of the payload were on the wire and cut off by the capture. */
  public final int missingLength() {
    return payload.missingLength();
  }

  /**
   * Returns the sum of the pseudo header over this packet's addresses, for {@link
   * InternetChecksum#combine}.
   *
   * @param length the upper protocol's length, header and data
   */
  public final long pseudoHeaderSum(int protocol, int length) {
    return InternetChecksum.pseudoHeader(
        header, addressesOffset(), addressBytes(), protocol, length);
  }

  /** Tells whether an address changed, so that checksums over the pseudo header are stale. */
  public final boolean isPseudoHeaderModified() {
    return addressesModified;
  }

  /**
   * Called before bytes of the payload are written in place.
   *
   * @throws BufferException {@code read only buffer} when the packet may be looked at only
   */
  public final void writePayload() {
    if (isReadOnly()) {
      throw BufferException.readOnly();
    }
    markPayloadModified();
  }

  /** Says that bytes of the payload were written in place. */
  public final void markPayloadModified() {
    payloadModified = true;
    packet.markModified();
  }

  /**
   * Replaces the payload by {@code length} bytes from {@code offset}, which are copied. Lengths and
   * checksums of the IP header are repaired when the packet is sent.
   */
  public final void replacePayload(byte[] bytes, int offset, int length) {
    payload.replace(bytes, offset, length);
    payloadChanged();
  }

  /**
   * Keeps the view for whoever calls this: the next packet gets another view.
   *
   * @return this view
   */
  public final IpPacket retain() {
    retained = true;
    return this;
  }

  final boolean isRetained() {
    return retained;
  }

  /** Tells whether this is a datagram put together from fragments. */
  public final boolean isReassembled() {
    return payload.datagram() != null;
  }

  /** Tells whether this packet is one fragment of a datagram. */
  public abstract boolean isFragment();

  /** Tells whether the payload starts with the transport header: no fragment but the first. */
  public abstract boolean startsDatagram();

  /** Tells whether a rule asked for a fragment to be processed as it is. */
  public final boolean dontReassemble() {
    return dontReassemble;
  }

  /** Asks for a fragment to be processed as it is, without waiting for the others. */
  public final void setDontReassemble(boolean dont) {
    dontReassemble = dont;
  }

  /**
   * Shows the packet to the listeners of {@code send_packet} and lets it leave, along its original
   * fragments when it was reassembled. The view must not be used afterwards.
   */
  public final void send() {
    dissector.send(this);
  }

  /** Drops the packet, all its fragments when it was reassembled. */
  public final void drop(DropReason reason) {
    payload.forget();
    Datagram datagram = payload.datagram();
    if (datagram != null) {
      datagram.drop(reason);
    }
    packet.drop(reason);
  }

  /**
   * Has a forged packet received as if it had been captured.
   *
   * @throws IllegalStateException {@code operation not supported} unless it is forged and undecided
   */
  public final void inject() {
    dissector.inject(this);
  }

  /**
   * Makes a packet that was not captured, between the ends of this one: a plain header with time to
   * live 64 and a payload of zeros.
   *
   * @param towardsSource whether it goes back to where this packet came from
   * @param payloadLength the number of payload bytes
   */
  public final IpPacket forge(boolean towardsSource, int protocol, int payloadLength) {
    return dissector.forge(this, towardsSource, protocol, payloadLength);
  }

  /**
   * Makes a packet that carries on where this one was cut: the same header but identification 0 and
   * no options, with a payload of zeros.
   */
  public final IpPacket continuation(int payloadLength) {
    return dissector.continuation(this, payloadLength);
  }

  /** Returns the array with the IP header. */
  protected final byte[] header() {
    return header;
  }

  /** Returns where the IP header starts in {@link #header}. */
  protected final int headerOffset() {
    return headerOffset;
  }

  /**
   * Called before each write to the header.
   *
   * @throws BufferException {@code read only buffer} when the packet may be looked at only
   */
  protected final void writeHeader() {
    if (isReadOnly()) {
      throw BufferException.readOnly();
    }
    headerModified = true;
    packet.markModified();
  }

  /** Tells whether the header was written since the packet was received. */
  protected final boolean isHeaderModified() {
    return headerModified;
  }

  /** Says that the header is as it should leave, whatever was written before. */
  protected final void keepHeaderAsItIs() {
    headerModified = false;
  }

  /** Tells whether the payload is longer or shorter than when the packet was received. */
  protected final boolean isLengthChanged() {
    return payload.isLengthChanged();
  }

  /** Tells whether the payload was replaced or written since the packet was received. */
  public final boolean isPayloadModified() {
    return payloadModified;
  }

  /**
   * Makes lengths and checksums of a modified header right; called before the packet leaves.
   *
   * @return false when the packet has outgrown what the header can say
   */
  protected abstract boolean repairHeader();

  /** Repairs the header when anything changed; see {@link #repairHeader}. */
  final boolean repair() {
    if (!headerModified && !payloadModified) {
      return true;
    }
    boolean fits = repairHeader();
    headerModified = false;
    payloadModified = false;
    return fits;
  }

  /** Lays a reassembled datagram under this view, whose header is the first fragment's. */
  final void reassembled(Datagram whole, byte[] sharedHeader, byte[] data, int offset) {
    originalHeader = sharedHeader;
    payload.layOver(whole, data, offset);
  }

  final @Nullable Datagram datagram() {
    return payload.datagram();
  }

  /**
   * Makes one packet, not cut, of this datagram that was put together, for whoever goes into its
   * payload: its verdict is the datagram's, and what is changed in it goes into the datagram.
   */
  public final IpPacket standIn() {
    return dissector.standIn(this);
  }

  /** Makes this the stand-in of a datagram. */
  final void standFor(IpPacket whole) {
    standsFor = whole;
    headerModified = false;
    addressesModified = false;
    packet.markUnmodified();
  }

  /** Returns the datagram that this packet stands for, or null. */
  final @Nullable IpPacket standsFor() {
    return standsFor;
  }

  /** Called when the packet has left: the buffer over its payload is of no use any more. */
  final void left() {
    payload.forget();
  }

  /** Returns the first fragment's header as it was when the datagram was put together. */
  final byte[] originalHeader() {
    return originalHeader;
  }
}
