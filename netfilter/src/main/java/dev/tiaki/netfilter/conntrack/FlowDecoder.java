package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes flows of conntrack messages; reusable, for one thread. */
final class FlowDecoder {
  private final AttributeCursor attributes = new AttributeCursor();
  private final AttributeCursor inner = new AttributeCursor();
  private final ProtocolInfoCodec protocolInfos = new ProtocolInfoCodec();
  private final TupleCodec tuples = new TupleCodec();

  /** Returns the flow that {@code message} tells of, or null when a tuple is missing. */
  @Nullable Flow decode(NetlinkMessages message) {
    FlowBuilder flow = new FlowBuilder();
    message.attributes(attributes);
    while (attributes.next()) {
      switch (attributes.type()) {
        case CtAttribute.TUPLE_ORIGINAL -> flow.original = tuples.read(attributes);
        case CtAttribute.TUPLE_REPLY -> flow.reply = tuples.read(attributes);
        case CtAttribute.TUPLE_MASTER -> flow.master = tuples.read(attributes);
        case CtAttribute.STATUS -> flow.status = attributes.intNumber();
        case CtAttribute.MARK -> flow.mark = attributes.number();
        case CtAttribute.ID -> flow.id = attributes.number();
        case CtAttribute.USE -> flow.use = attributes.number();
        case CtAttribute.TIMEOUT -> flow.timeoutSeconds = attributes.number();
        case CtAttribute.ZONE -> flow.zone = attributes.intNumber();
        case CtAttribute.PROTOCOL_INFO -> flow.protocolInfo = protocolInfos.read(attributes);
        default -> decodeRare(flow);
      }
    }
    return flow.buildOrNull();
  }

  private void decodeRare(FlowBuilder flow) {
    switch (attributes.type()) {
      case CtAttribute.COUNTERS_ORIGINAL -> flow.originalCounters = counters();
      case CtAttribute.COUNTERS_REPLY -> flow.replyCounters = counters();
      case CtAttribute.TIMESTAMP -> flow.timestamps = timestamps();
      case CtAttribute.HELP -> flow.helper = name();
      case CtAttribute.LABELS -> flow.labels = Labels.ofOctets(attributes.octets());
      case CtAttribute.ADJUST_ORIGINAL -> flow.originalAdjustment = adjustment();
      case CtAttribute.ADJUST_REPLY -> flow.replyAdjustment = adjustment();
      case CtAttribute.SYN_PROXY -> flow.synProxy = synProxy();
      case CtAttribute.SECURITY_CONTEXT -> flow.securityContext = name();
      default -> keep(flow);
    }
  }

  private void keep(FlowBuilder flow) {
    Map<Integer, byte[]> unknown = flow.unknown;
    if (unknown.isEmpty()) {
      unknown = new HashMap<>();
      flow.unknown = unknown;
    }
    unknown.put(attributes.type(), attributes.octets());
  }

  /** Kernels before 3.x had 32 bit counters with types 3 and 4. */
  private Counters counters() {
    return new Counters(Math.max(field(1), field(3)), Math.max(field(2), field(4)));
  }

  private Timestamps timestamps() {
    return new Timestamps(field(1), field(2));
  }

  private SequenceAdjustment adjustment() {
    return new SequenceAdjustment(field(1), (int) field(2), (int) field(3));
  }

  private SynProxy synProxy() {
    return new SynProxy(field(1), field(2), field(3));
  }

  private long field(int type) {
    attributes.into(inner);
    while (inner.next()) {
      if (inner.type() == type) {
        return inner.number();
      }
    }
    return 0;
  }

  private @Nullable String name() {
    attributes.into(inner);
    while (inner.next()) {
      if (inner.type() == 1) {
        return inner.text();
      }
    }
    return null;
  }
}
