package dev.tiaki.netfilter.nftables.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something of the packet, its connection, its route, or of the host: known only as it passes. */
public sealed interface Selector extends Expression {
  /**
   * A field of a header.
   *
   * @param protocol as nftables names it: {@code ip}, {@code tcp}, {@code th}, …
   * @param field as nftables names it
   * @param tunnel the tunnel whose inner header is meant, or null: {@code vxlan}, {@code geneve},
   *     {@code gre}, {@code gretap}
   */
  record Payload(String protocol, String field, @Nullable String tunnel) implements Selector {}

  /**
   * Bits at a place.
   *
   * @param base where the offset counts from
   * @param offsetBits how many bits are before it
   * @param lengthBits how many bits it has; the seed says octets, nftables means bits
   */
  record RawPayload(PayloadBase base, int offsetBits, int lengthBits) implements Selector {}

  /**
   * An IPv6 extension header or a field of it.
   *
   * @param header {@code hbh rt rt0 rt2 srh frag dst mh}
   * @param field or null: whether the header is there
   * @param offset of a segment in {@code rt0}, or null
   */
  record ExtensionHeader(String header, @Nullable String field, @Nullable Integer offset)
      implements Selector {}

  /**
   * A TCP option or a field of it.
   *
   * @param option its name
   * @param field or null: whether the option is there
   */
  record TcpOption(String option, @Nullable String field) implements Selector {}

  /**
   * Bits of a TCP option that has no name.
   *
   * @param kind its number
   * @param offsetBits from its first octet
   * @param lengthBits how many bits; 0 asks whether it is there
   */
  record RawTcpOption(int kind, int offsetBits, int lengthBits) implements Selector {}

  /**
   * An IPv4 option or a field of it.
   *
   * @param option {@code lsrr rr ssrr ra}
   * @param field or null: whether the option is there
   */
  record IpOption(String option, @Nullable String field) implements Selector {}

  /**
   * An SCTP chunk or a field of it.
   *
   * @param chunk its name
   * @param field or null: whether the chunk is there
   */
  record SctpChunk(String chunk, @Nullable String field) implements Selector {}

  /**
   * Whether a DCCP option is there.
   *
   * @param type its number, 0 to 255
   */
  record DccpOption(int type) implements Selector {}

  /**
   * Metadata of the packet.
   *
   * @param key which
   */
  record Meta(MetaKey key) implements Selector {}

  /**
   * Routing data.
   *
   * @param key which
   * @param family {@link NftFamily#IP} or {@link NftFamily#IP6} for the next hop, or null
   */
  record Route(RouteKey key, @Nullable NftFamily family) implements Selector {}

  /**
   * Data of the connection.
   *
   * @param key which
   * @param direction or null
   */
  record Ct(CtKey key, @Nullable FlowDirection direction) implements Selector {}

  /**
   * Generated numbers, from {@code offset} to {@code offset + modulus - 1}.
   *
   * @param mode how
   * @param modulus how many
   * @param offset the lowest
   */
  record NumberGenerator(GeneratorMode mode, long modulus, long offset) implements Selector {}

  /**
   * A hash of an expression.
   *
   * @param modulus how many values
   * @param expression what is hashed
   * @param seed or null: one at random
   * @param offset the lowest value
   */
  record JenkinsHash(long modulus, Expression expression, @Nullable Long seed, long offset)
      implements Selector {}

  /**
   * A hash that is the same in both directions of a connection.
   *
   * @param modulus how many values
   * @param offset the lowest value
   */
  record SymmetricHash(long modulus, long offset) implements Selector {}

  /**
   * What the routing tables say.
   *
   * @param result what is asked
   * @param flags what is looked up
   */
  record Fib(FibResult result, List<FibFlag> flags) implements Selector {
    /** Copies the flags. */
    public Fib {
      flags = List.copyOf(flags);
    }
  }

  /**
   * Data of the socket.
   *
   * @param key which
   */
  record Socket(SocketKey key) implements Selector {}

  /**
   * The operating system by its SYN.
   *
   * @param key what of it
   * @param ttl how the TTL is compared, or null: exactly
   */
  record OsFingerprint(FingerprintKey key, @Nullable FingerprintTtl ttl) implements Selector {}

  /**
   * Data of a security association.
   *
   * @param key which
   * @param family of the addresses, or null
   * @param direction decrypted or encrypted
   * @param number which of several, 0 to 255
   */
  record Ipsec(IpsecKey key, @Nullable NftFamily family, IpsecDirection direction, int number)
      implements Selector {}

  /**
   * Metadata of a tunnel.
   *
   * @param key which
   */
  record Tunnel(TunnelKey key) implements Selector {}
}
