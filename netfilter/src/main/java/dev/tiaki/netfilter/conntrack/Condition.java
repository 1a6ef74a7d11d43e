package dev.tiaki.netfilter.conntrack;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** One thing that a flow must be to pass a filter. */
public sealed interface Condition {
  /** Tells whether {@code flow} is so. */
  boolean matches(Flow flow);

  /** The flow is of this family. */
  record OfFamily(AddressFamily family) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return flow.family() == family;
    }
  }

  /** The flow is of this IP protocol. */
  record OfProtocol(int protocol) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return flow.protocol() == protocol;
    }
  }

  /** One end of a direction is in a prefix. */
  record Address(FlowDirection direction, FlowEnd end, Prefix prefix) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return prefix.contains(end.address(direction.of(flow)));
    }
  }

  /** One end of a direction has this port (for GRE: this key). */
  record Port(FlowDirection direction, FlowEnd end, int port) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return end.port(direction.of(flow)) == port;
    }
  }

  /** What of an ICMP exchange is compared. */
  enum IcmpField {
    /** The type. */
    TYPE,
    /** The code. */
    CODE,
    /** The identifier. */
    ID
  }

  /** The original direction has this ICMP or ICMPv6 type, code or identifier. */
  record IcmpNumber(IcmpField field, int number) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return flow.original().key() instanceof TransportKey.Icmp icmp
          && number
              == switch (field) {
                case TYPE -> icmp.type();
                case CODE -> icmp.code();
                case ID -> icmp.id();
              };
    }
  }

  /** The state has this name. */
  record InState(String name) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return flow.stateName().equals(name);
    }
  }

  /** The status bits under {@code mask} are {@code bits}. */
  record StatusBits(int bits, int mask) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return (flow.status().bits() & mask) == bits;
    }
  }

  /** The mark's bits under {@code mask} are {@code mark}; a flow without a mark has 0. */
  record Mark(long mark, long mask) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return (Math.max(0, flow.mark()) & mask) == mark;
    }
  }

  /** The flow, or one of its directions, is in this zone. */
  record InZone(int zone) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return zone(flow, FlowDirection.ORIGINAL) == zone || zone(flow, FlowDirection.REPLY) == zone;
    }

    private static int zone(Flow flow, FlowDirection direction) {
      int own = direction.of(flow).zone();
      return own == Tuple.NO_ZONE ? flow.zone() : own;
    }
  }

  /** This direction has a zone of its own, and it is this one. */
  record DirectionInZone(FlowDirection direction, int zone) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return direction.of(flow).zone() == zone;
    }
  }

  /** The flow has this label. */
  record Label(int bit) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      Labels labels = flow.labels();
      return labels != null && labels.has(bit);
    }
  }

  /** Which addresses are translated. */
  enum NatKind {
    /** The source. */
    SOURCE,
    /** The destination. */
    DESTINATION,
    /** One of them. */
    ANY
  }

  /**
   * Addresses or ports are translated, as the status bits say.
   *
   * @param kind which
   * @param to what the new address must be in, or null for any
   */
  record Translated(NatKind kind, @Nullable Prefix to) implements Condition {
    /** Any translation of this kind. */
    public Translated(NatKind kind) {
      this(kind, null);
    }

    @Override
    public boolean matches(Flow flow) {
      boolean source = flow.status().has(Status.SOURCE_NAT) && isAsked(flow.reply().destination());
      boolean destination =
          flow.status().has(Status.DESTINATION_NAT) && isAsked(flow.reply().source());
      return switch (kind) {
        case SOURCE -> source;
        case DESTINATION -> destination;
        case ANY -> source || destination;
      };
    }

    private boolean isAsked(InetAddress address) {
      Prefix wanted = to;
      return wanted == null || wanted.contains(address);
    }
  }

  /** The entry has this id. */
  record WithId(long id) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return flow.id() == id;
    }
  }

  /** The SCTP association has this verification tag in this direction. */
  record VerificationTag(FlowDirection direction, long tag) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return flow.protocolInfo() instanceof ProtocolInfo.Sctp sctp
          && tag == (direction == FlowDirection.ORIGINAL ? sctp.tagOriginal() : sctp.tagReply());
    }
  }
}
