package dev.tiaki.dissector.ipv4;

import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.Ipv4Datagram;

/** Packets that several tests receive. */
final class Ipv4Samples {
  private Ipv4Samples() {}

  /** A packet of an unused protocol, 192.168.10.10 to 192.168.20.1, with five bytes. */
  static IpDatagram hello() {
    return Ipv4Datagram.from("192.168.10.10", "192.168.20.1")
        .identification(0x15b3)
        .dontFragment()
        .ttl(64)
        .trafficClass(0x10)
        .protocol(200)
        .payload("hello");
  }
}
