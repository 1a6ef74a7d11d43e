package dev.tiaki.netfilter.queue;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.NetlinkMessages;

/**
 * The packet at which a {@link PacketQueue} stands: what the kernel says about it, and its bytes,
 * which lie where they were received. One view is used for packet after packet.
 */
public final class QueuedPacket {
  private final AttributeCursor attributes = new AttributeCursor();
  private final AttributeCursor nested = new AttributeCursor();
  private final AttributeCursor payload = new AttributeCursor();
  private int id;
  private int protocol;
  private int mark;
  private int info;
  private int deviceIn;
  private int deviceOut;
  private int length;
  private int wireLength;
  private int conntrackId;
  private int conntrackMark;

  QueuedPacket() {}

  void read(NetlinkMessages message) {
    mark = 0;
    info = 0;
    deviceIn = 0;
    deviceOut = 0;
    length = 0;
    wireLength = 0;
    conntrackId = 0;
    conntrackMark = 0;
    message.attributes(attributes);
    while (attributes.next()) {
      switch (attributes.type()) {
        case QueueProtocol.PACKET_HEADER -> {
          id = octets(0);
          protocol = attributes.octet(4) << 8 | attributes.octet(5);
        }
        case QueueProtocol.MARK -> mark = attributes.intNumber();
        case QueueProtocol.DEVICE_IN -> deviceIn = attributes.intNumber();
        case QueueProtocol.DEVICE_OUT -> deviceOut = attributes.intNumber();
        case QueueProtocol.PACKET_INFO -> info = attributes.intNumber();
        case QueueProtocol.CAPPED_LENGTH -> wireLength = attributes.intNumber();
        case QueueProtocol.CONNTRACK -> readConntrack();
        case QueueProtocol.PAYLOAD -> {
          length = attributes.length();
          payload.sameAs(attributes);
        }
        default -> {} // kernels grow
      }
    }
    wireLength = Math.max(wireLength, length);
  }

  private int octets(int at) {
    return attributes.octet(at) << 24
        | attributes.octet(at + 1) << 16
        | attributes.octet(at + 2) << 8
        | attributes.octet(at + 3);
  }

  private void readConntrack() {
    attributes.into(nested);
    while (nested.next()) {
      switch (nested.type()) {
        case QueueProtocol.CONNTRACK_ID -> conntrackId = nested.intNumber();
        case QueueProtocol.CONNTRACK_MARK -> conntrackMark = nested.intNumber();
        default -> {}
      }
    }
  }

  /** Returns the packet's id, by which verdicts name it; ids rise. */
  public int id() {
    return id;
  }

  /** Returns the packet's EtherType. */
  public int etherType() {
    return protocol;
  }

  /** Returns the packet's mark. */
  public int mark() {
    return mark;
  }

  /** Returns the index of the device that it came in by; 0 when it was sent by this host. */
  public int deviceIn() {
    return deviceIn;
  }

  /** Returns the index of the device that it will leave by; 0 where that is not known. */
  public int deviceOut() {
    return deviceOut;
  }

  /** Returns how many octets of the IP packet came. */
  public int length() {
    return length;
  }

  /** Returns how long the IP packet is; longer than {@link #length} when it did not fit. */
  public int wireLength() {
    return wireLength;
  }

  /** Copies the IP packet to {@code target} from index {@code at}. */
  public void copyTo(byte[] target, int at) {
    payload.copyTo(target, at, length);
  }

  /** Tells whether the transport checksum is still to be computed, and wrong until then. */
  public boolean isChecksumMissing() {
    return (info & QueueProtocol.CHECKSUM_NOT_READY) != 0;
  }

  /** Tells whether the kernel joined the packet from several. */
  public boolean isJoined() {
    return (info & QueueProtocol.GSO) != 0;
  }

  /** Returns the connection's id, 0 when the kernel does not say. */
  public int conntrackId() {
    return conntrackId;
  }

  /** Returns the connection's mark, 0 when the kernel does not say. */
  public int conntrackMark() {
    return conntrackMark;
  }
}
