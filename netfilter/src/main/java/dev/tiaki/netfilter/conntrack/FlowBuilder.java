package dev.tiaki.netfilter.conntrack;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A flow while its parts come together. */
final class FlowBuilder {
  @Nullable Tuple original;
  @Nullable Tuple reply;
  int zone;
  int status;
  long mark = Flow.ABSENT;
  long id = Flow.ABSENT;
  long use = Flow.ABSENT;
  long timeoutSeconds = Flow.ABSENT;
  @Nullable ProtocolInfo protocolInfo;
  @Nullable Counters originalCounters;
  @Nullable Counters replyCounters;
  @Nullable Timestamps timestamps;
  @Nullable Tuple master;
  @Nullable String helper;
  @Nullable Labels labels;
  @Nullable SequenceAdjustment originalAdjustment;
  @Nullable SequenceAdjustment replyAdjustment;
  @Nullable SynProxy synProxy;
  @Nullable String securityContext;
  Map<Integer, byte[]> unknown = Map.of();

  FlowBuilder() {}

  /** Begins with what {@code flow} says. */
  FlowBuilder(Flow flow) {
    original = flow.original();
    reply = flow.reply();
    zone = flow.zone();
    status = flow.status().bits();
    mark = flow.mark();
    id = flow.id();
    use = flow.use();
    timeoutSeconds = flow.timeoutSeconds();
    protocolInfo = flow.protocolInfo();
    originalCounters = flow.originalCounters();
    replyCounters = flow.replyCounters();
    timestamps = flow.timestamps();
    master = flow.master();
    helper = flow.helper();
    labels = flow.labels();
    originalAdjustment = flow.originalAdjustment();
    replyAdjustment = flow.replyAdjustment();
    synProxy = flow.synProxy();
    securityContext = flow.securityContext();
    unknown = flow.unknown();
  }

  Flow build() {
    Flow flow = buildOrNull();
    if (flow == null) {
      throw new IllegalStateException("a flow needs both directions");
    }
    return flow;
  }

  @Nullable Flow buildOrNull() {
    Tuple forward = original;
    Tuple backward = reply;
    if (forward == null || backward == null) {
      return null;
    }
    return new Flow(
        forward,
        backward,
        zone,
        new Status(status),
        mark,
        id,
        use,
        timeoutSeconds,
        protocolInfo,
        originalCounters,
        replyCounters,
        timestamps,
        master,
        helper,
        labels,
        originalAdjustment,
        replyAdjustment,
        synProxy,
        securityContext,
        unknown);
  }
}
