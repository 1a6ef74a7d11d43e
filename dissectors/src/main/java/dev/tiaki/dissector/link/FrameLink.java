package dev.tiaki.dissector.link;

import dev.tiaki.dissector.packet.LinkDecoder;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;

/**
 * Finds the network header in frames of all link types: Ethernet (also 802.3 with LLC or SNAP) and
 * Linux cooked with VLAN tags, MPLS labels and PPPoE, BSD loopback, raw IP, PPP, Cisco HDLC, ARCNET
 * and netfilter logs.
 *
 * <p>A frame that is not understood keeps EtherType 0 and is counted: {@code link.malformed} when
 * its header is broken, {@code link.unknown} when it is of another kind.
 */
public final class FrameLink implements LinkDecoder {
  private final Counter malformed;
  private final Counter unknown;

  /** Makes a decoder that counts in a worker's counters. */
  public FrameLink(Counters counters) {
    malformed = counters.counter("link.malformed", "frames with a broken link header");
    unknown = counters.counter("link.unknown", "frames of a link type or kind that is not known");
  }

  @Override
  public void decode(Packet packet) {
    long start = LinkHeader.find(packet.linkType(), packet.array(), packet.length());
    if (start == NetworkStart.MALFORMED) {
      malformed.increment();
      packet.setNetwork(packet.length(), NetworkStart.UNKNOWN);
      return;
    }
    int etherType = NetworkStart.etherType(start);
    if (etherType == NetworkStart.UNKNOWN) {
      unknown.increment();
    }
    packet.setNetwork(NetworkStart.offset(start), etherType);
  }

  @Override
  public void repairLengths(Packet packet) {
    LinkLengths.repair(packet);
  }
}
