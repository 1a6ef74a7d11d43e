package dev.tiaki.dissector.dns;

import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queries of one worker that wait for their responses, the oldest first. */
final class PendingQueries {
  private final DnsSettings settings;
  private final Counter forgotten;
  private final Map<Key, DnsTransaction> waiting = new LinkedHashMap<>();
  private long bytes;

  /** Flows are told apart by identity. */
  private record Key(DnsFlow flow, int id) {}

  PendingQueries(WorkerContext context, DnsSettings settings) {
    this.settings = settings;
    forgotten =
        context.counters().counter("dns.forgottenQueries", "queries forgotten: too many waited");
  }

  /** Remembers a query; one with the same number is replaced, and as many answers may come. */
  void add(DnsFlow flow, DnsTransaction query) {
    DnsTransaction before = remove(flow, query.message().id());
    if (before != null) {
      query.expected += before.expected;
    }
    while (flow.pending >= settings.maxPendingPerFlow() || !fits(query)) {
      forgetOldest(flow.pending >= settings.maxPendingPerFlow() ? flow : null);
    }
    waiting.put(new Key(flow, query.message().id()), query);
    flow.pending++;
    bytes += query.message().originalLength();
  }

  private boolean fits(DnsTransaction query) {
    return bytes + query.message().originalLength() <= settings.maxPendingBytes();
  }

  private void forgetOldest(@Nullable DnsFlow of) {
    Iterator<Map.Entry<Key, DnsTransaction>> entries = waiting.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Key, DnsTransaction> entry = entries.next();
      if (of == null || entry.getKey().flow == of) {
        entries.remove();
        removed(entry.getKey().flow, entry.getValue());
        forgotten.increment();
        return;
      }
    }
  }

  private void removed(DnsFlow flow, DnsTransaction query) {
    flow.pending--;
    bytes -= query.message().originalLength();
  }

  @Nullable DnsTransaction find(DnsFlow flow, int id) {
    return waiting.get(new Key(flow, id));
  }

  private @Nullable DnsTransaction remove(DnsFlow flow, int id) {
    DnsTransaction query = waiting.remove(new Key(flow, id));
    if (query != null) {
      removed(flow, query);
    }
    return query;
  }

  /** Notes that a query was answered; it is forgotten when it was as often as it was asked. */
  void answered(DnsFlow flow, DnsTransaction query) {
    if (--query.expected == 0) {
      remove(flow, query.message().id());
    }
  }

  /** Forgets the queries of a flow that has ended. */
  void forget(DnsFlow flow) {
    if (flow.pending > 0) {
      waiting
          .entrySet()
          .removeIf(entry -> {
            boolean its = entry.getKey().flow == flow;
            if (its) {
              removed(flow, entry.getValue());
            }
            return its;
          });
    }
  }

  int size() {
    return waiting.size();
  }
}
