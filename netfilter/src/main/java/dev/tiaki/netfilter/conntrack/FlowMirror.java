package dev.tiaki.netfilter.conntrack;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A copy of the table, kept by events. One thread changes it, any may read. */
final class FlowMirror {
  private final Map<FlowIdentity, Flow> flows = new ConcurrentHashMap<>();

  /** Puts what a dump said; returns what was known before, or null. */
  @Nullable Flow put(Flow flow) {
    return flows.put(flow.identity(), flow);
  }

  void remove(Flow flow) {
    flows.remove(flow.identity());
  }

  /** Puts what an event said; what it left out stays as it was known. */
  void merge(Flow event) {
    flows.merge(event.identity(), event, FlowMirror::merged);
  }

  private static Flow merged(Flow known, Flow event) {
    FlowBuilder flow = new FlowBuilder(known);
    flow.reply = event.reply();
    flow.status = event.status().bits();
    if (event.mark() != Flow.ABSENT) {
      flow.mark = event.mark();
    }
    if (event.timeoutSeconds() != Flow.ABSENT) {
      flow.timeoutSeconds = event.timeoutSeconds();
    }
    if (event.protocolInfo() != null) {
      flow.protocolInfo = event.protocolInfo();
    }
    if (event.labels() != null) {
      flow.labels = event.labels();
    }
    if (event.helper() != null) {
      flow.helper = event.helper();
    }
    return flow.build();
  }

  List<Flow> missingIn(Collection<Flow> present) {
    Set<FlowIdentity> identities = new HashSet<>();
    for (Flow flow : present) {
      identities.add(flow.identity());
    }
    return flows.values().stream().filter(flow -> !identities.contains(flow.identity())).toList();
  }

  /** Tells whether something differs that an event would have told. */
  static boolean differs(Flow known, Flow now) {
    return !known.status().equals(now.status())
        || Math.max(0, known.mark()) != Math.max(0, now.mark())
        || !known.stateName().equals(now.stateName())
        || !Objects.equals(known.labels(), now.labels())
        || !known.reply().equals(now.reply());
  }

  int size() {
    return flows.size();
  }

  List<Flow> flows() {
    return List.copyOf(flows.values());
  }
}
