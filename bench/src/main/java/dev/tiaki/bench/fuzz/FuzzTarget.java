package dev.tiaki.bench.fuzz;

import dev.tiaki.traffic.Encapsulation;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** A protocol, how its inputs travel, and good inputs to break. */
@SuppressWarnings(
    "ImmutableEnumChecker") // carriers are records, and what makes seeds keeps nothing
public enum FuzzTarget {
  /** IPv4 and IPv6 with fragments, extension headers and options. */
  IP(new Carrier.Frames(Encapsulation.ethernet()), FrameSeeds::ip),
  /** ICMP and ICMPv6 with quoted packets. */
  ICMP(new Carrier.Frames(Encapsulation.ethernet()), FrameSeeds::icmp),
  /** UDP packets and flows. */
  UDP(new Carrier.Frames(Encapsulation.ethernet()), FrameSeeds::udp),
  /** TCP segments: headers, options, numbers. */
  TCP(new Carrier.Frames(Encapsulation.ethernet()), FrameSeeds::tcp),
  /** GRE, VXLAN, GENEVE, IP in IP, and what is inside. */
  TUNNEL(new Carrier.Frames(Encapsulation.ethernet()), FrameSeeds::tunnel),
  /** DNS in datagrams. */
  DNS(new Carrier.Datagrams(53), ApplicationSeeds::dns),
  /** DNS on connections. */
  DNS_STREAM(new Carrier.Stream(53), ApplicationSeeds::dnsStream),
  /** HTTP/1.x. */
  HTTP(new Carrier.Stream(80), ApplicationSeeds::http),
  /** TLS handshakes. */
  TLS(new Carrier.Stream(443), ApplicationSeeds::tls),
  /** SMTP. */
  SMTP(new Carrier.Stream(25), ApplicationSeeds::smtp);

  private final Carrier carrier;
  private final Supplier<List<List<Piece>>> seeds;

  FuzzTarget(Carrier carrier, Supplier<List<List<Piece>>> seeds) {
    this.carrier = carrier;
    this.seeds = seeds;
  }

  Carrier carrier() {
    return carrier;
  }

  /** Returns good inputs that code here makes. */
  List<List<Piece>> seeds() {
    return seeds.get();
  }

  /** Returns the target's name as options and reports write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the name of the rule file: the protocol's, in whatever it travels. */
  String ruleFile() {
    return (this == DNS_STREAM ? DNS : this).word() + ".lua";
  }

  /**
   * Returns the target of that name.
   *
   * @throws IllegalArgumentException {@code no target 'x'}
   */
  public static FuzzTarget of(String word) {
    for (FuzzTarget target : values()) {
      if (target.word().equals(word)) {
        return target;
      }
    }
    throw new IllegalArgumentException("no target '" + word + "'");
  }
}
