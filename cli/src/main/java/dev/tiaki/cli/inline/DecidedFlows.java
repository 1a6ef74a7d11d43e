package dev.tiaki.cli.inline;

import dev.tiaki.engine.flow.FlowKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The decisions of a run about whole flows, the {@value #MAX_FLOWS} newest of them. May be used by
 * several threads; taking one down costs about as much as a packet's flow look-up.
 */
public final class DecidedFlows {
  private static final int MAX_FLOWS = 1 << 16;
  private static final long FRESH_NANOS = 1_000_000_000L;

  private record Noted(DecidedFlow flow, long nanos) {}

  private final Map<DecidedFlow.Ends, Noted> flows =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DecidedFlow.Ends, Noted> eldest) {
          return size() > MAX_FLOWS;
        }
      };

  /** Makes an empty collection. */
  public DecidedFlows() {}

  /**
   * Takes down what was decided; what was known about the same flow is replaced. That the kernel
   * has taken an earlier decision over is heard outside of rules: the rule is still the one that
   * made it.
   *
   * @return what was taken down
   */
  public synchronized DecidedFlow note(DecidedFlow flow) {
    Noted before = flows.remove(flow.ends());
    DecidedFlow now = before == null ? flow : flow.following(before.flow());
    flows.put(now.ends(), new Noted(now, System.nanoTime()));
    return now;
  }

  /**
   * The kernel has forgotten a flow. What was taken down just now belongs to one that began between
   * the same ends since.
   */
  public synchronized void forget(int protocol, FlowKey key) {
    if (!flows.isEmpty()) {
      flows.computeIfPresent(
          DecidedFlow.Ends.of(protocol, key),
          (ends, noted) -> System.nanoTime() - noted.nanos() > FRESH_NANOS ? null : noted);
    }
  }

  /** Returns the decisions, the oldest first. */
  public synchronized List<DecidedFlow> list() {
    return flows.values().stream().map(Noted::flow).toList();
  }
}
